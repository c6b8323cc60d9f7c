package io.pakaura.syncgateway.session;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the channel of a user. For any thread; never blocks.
 *
 * <p>There is no window between joining and fetching the delta: an event that does not find a session was published before
 * that joined, so its change was committed before the welcome, after which the client fetches the delta.
 */
public final class UserChannels {
    private static final Future<Void> NOBODY = Future.succeededFuture();

    private final int socketsOfUser;
    private final SessionMetrics metrics;
    private final ConcurrentMap<String, UserChannel> channels = new ConcurrentHashMap<>();

    /** @param socketsOfUser how many sessions a channel takes */
    public UserChannels(int socketsOfUser, SessionMetrics metrics) {
        this.socketsOfUser = socketsOfUser;
        this.metrics = metrics;
    }

    /**
     * Gets a session all events of its user that are published from here on.
     *
     * @return whether there was room for one more
     */
    boolean join(String user, Member member) {
        UserChannel joined = channels.compute(user, (same, channel) -> {
            UserChannel before = channel == null ? UserChannel.EMPTY : channel;
            return before.size() < socketsOfUser ? before.with(member) : before;
        });
        return joined.groups().stream().anyMatch(group -> group.members().contains(member));
    }

    /** Also for a session that found no room. */
    void leave(String user, Member member) {
        channels.computeIfPresent(user, (same, channel) -> {
            UserChannel left = channel.without(member);
            return left.groups().isEmpty() ? null : left;
        });
    }

    /**
     * Sends an event to all sessions of a user, after those that were published before. For a user who has none it costs
     * nothing.
     *
     * @param event in JSON, in UTF-8
     * @param time as the event says it, if it does
     * @return done when more may be published: at once, unless an event loop is far behind
     */
    public Future<Void> publish(String user, byte[] event, @Nullable String time) {
        UserChannel channel = channels.get(user);
        if (channel == null) {
            return NOBODY;
        }
        OutboundFrame frame = OutboundFrame.of(event);
        if (channel.groups().size() == 1) {
            return publish(channel.groups().get(0), frame, time);
        }
        List<Future<Void>> groups = new ArrayList<>();
        channel.groups().forEach(group -> groups.add(publish(group, frame, time)));
        return Future.join(groups).mapEmpty();
    }

    private Future<Void> publish(UserChannel.Group group, OutboundFrame frame, @Nullable String time) {
        return group.loop().run(() -> {
            group.deliver(frame);
            if (time != null && group.loop().isTimed()) {
                metrics.written(time);
            }
        });
    }

    /** Users who have a session. */
    public int users() {
        return channels.size();
    }
}
