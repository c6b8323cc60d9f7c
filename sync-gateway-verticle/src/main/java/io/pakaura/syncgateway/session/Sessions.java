package io.pakaura.syncgateway.session;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of one event loop; to be used on it only. */
public final class Sessions {
    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    /** At the end, so many sockets are sent away at once, so that their reconnects don't come as one wave. */
    private static final int BATCH = 200;

    private static final long BATCH_PAUSE_MILLIS = 50;

    /** How fast the clients of one event loop should come back, for the hint in {@code sync.goaway}. */
    private static final int RECONNECTS_PER_SECOND = 500;

    /** So many sessions are told of the feed in a row: a few milliseconds of writing. */
    private static final int TOLD_AT_ONCE = 250;

    private final SessionEnvironment environment;
    private final Set<Session> open = new HashSet<>();
    private int anonymous;
    private boolean draining;

    public Sessions(SessionEnvironment environment) {
        this.environment = environment;
    }

    /** Whether one more socket may come: not while draining, nor while too many have not said who they are. */
    public boolean haveRoom() {
        return !draining && anonymous < environment.limits().socketsWithoutHello();
    }

    /**
     * Upgrades a request to a WebSocket (RFC 6455) and begins its session.
     *
     * @return fails if the handshake is not valid; the request has been answered then
     */
    public Future<Void> upgrade(HttpServerRequest request) {
        anonymous++;
        return request.toWebSocket()
                .onFailure(refused -> anonymous--)
                .onSuccess(this::begin)
                .mapEmpty();
    }

    private void begin(ServerWebSocket socket) {
        Session session = Session.open(socket, environment);
        open.add(session);
        session.identified().onSuccess(known -> anonymous--);
        session.gone().onSuccess(gone -> open.remove(session));
        if (draining) {
            session.sendAway(Duration.ZERO);
        }
    }

    /** All sessions catch up with the news of the feed. */
    void followFeed() {
        followFeed(environment.audience().news(), List.copyOf(open), 0);
    }

    /** In between is a timer: of tasks alone, the loop would do dozens before it looks at a socket. */
    private void followFeed(FeedNews news, List<Session> all, int from) {
        if (!environment.audience().news().equals(news)) {
            return; // There is later news, and whoever brings it reaches everybody.
        }
        int to = Math.min(from + TOLD_AT_ONCE, all.size());
        all.subList(from, to).forEach(Session::followFeed);
        if (to < all.size()) {
            environment.vertx().setTimer(1, next -> followFeed(news, all, to));
        }
    }

    /**
     * Sends all clients away.
     *
     * @param within after this time the sockets that are left are cut
     * @return done when all sockets are gone
     */
    public Future<Void> drain(Duration within) {
        draining = true;
        Alarm late = new Alarm(environment.vertx(), this::cutAll);
        late.set(within);
        return sendAway(List.copyOf(open)).onComplete(done -> late.cancel());
    }

    private void cutAll() {
        log.warn("{} sockets did not close in time", open.size());
        List.copyOf(open).forEach(Session::abort);
    }

    private Future<Void> sendAway(List<Session> sessions) {
        List<Session> batch = sessions.subList(0, Math.min(BATCH, sessions.size()));
        List<Session> rest = sessions.subList(batch.size(), sessions.size());
        int spreadMillis = 500 + sessions.size() * 1000 / RECONNECTS_PER_SECOND;
        batch.forEach(session ->
                session.sendAway(Duration.ofMillis(ThreadLocalRandom.current().nextInt(spreadMillis))));
        Future<Void> others = rest.isEmpty()
                ? Future.succeededFuture()
                : environment.vertx().timer(BATCH_PAUSE_MILLIS).compose(pause -> sendAway(rest));
        return Future.join(Stream.concat(batch.stream().map(Session::gone), Stream.of(others))
                        .toList())
                .mapEmpty();
    }
}
