package io.pakaura.syncgateway.session;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Finds the channel of a user. A user's hash picks the event loop that owns the channel; everything about a channel
 * happens there. Callable from any thread, never blocks; calls of one thread about one user are done in their order.
 */
public final class UserChannels {
    private final int loops;
    private final int socketsOfUser;
    private final List<Owner> owners = new CopyOnWriteArrayList<>();
    private final Promise<Void> complete = Promise.promise();

    /**
     * @param loops how many event loops will be added
     * @param socketsOfUser how many sessions a channel takes
     */
    public UserChannels(int loops, int socketsOfUser) {
        this.loops = loops;
        this.socketsOfUser = socketsOfUser;
    }

    /**
     * Adds an event loop that owns a share of the users.
     *
     * @return done when all loops were added, on any thread; nobody may join, leave or publish before
     */
    public Future<Void> addLoop(Context loop) {
        synchronized (complete) {
            owners.add(new Owner(loop, new HashMap<>()));
            if (owners.size() == loops) {
                complete.complete();
            }
        }
        return complete.future();
    }

    /** Answers by {@link Member#joined} or {@link Member#refused}. */
    void join(String user, Member member) {
        on(user, channels -> channels.computeIfAbsent(user, none -> new UserChannel())
                .join(member, socketsOfUser));
    }

    void leave(String user, Member member) {
        on(
                user,
                channels -> channels.computeIfPresent(user, (same, channel) -> {
                    channel.leave(member);
                    return channel.isEmpty() ? null : channel;
                }));
    }

    /** Sends an event to all sessions of a user, after those that were published before. */
    public void publish(String user, OutboundFrame event) {
        on(user, channels -> {
            UserChannel channel = channels.get(user);
            if (channel != null) {
                channel.publish(event);
            }
        });
    }

    private void on(String user, Consumer<Map<String, UserChannel>> action) {
        Owner owner = owners.get(Math.floorMod(user.hashCode(), loops));
        owner.loop.runOnContext(here -> action.accept(owner.channels));
    }

    /** An event loop and the channels that only it touches. */
    private record Owner(Context loop, Map<String, UserChannel> channels) {}
}
