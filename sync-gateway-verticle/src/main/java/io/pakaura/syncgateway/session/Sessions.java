package io.pakaura.syncgateway.session;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of one event loop; to be used on it only. */
public final class Sessions {
    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    /** So many sessions are told of the feed in a row: a few milliseconds of writing. */
    private static final int TOLD_AT_ONCE = 250;

    /** Who has not said hello in this part of the time for it makes room when there is none. */
    private static final int PART_OF_HELLO = 10;

    private final SessionLoop loop;
    private final SessionEnvironment environment;
    private final Drain drain;
    private final Set<Session> open = new HashSet<>();
    private final Promise<Void> drained = Promise.promise();
    /** Have not said hello yet; since when, by {@link System#nanoTime}, the oldest first. */
    private final Map<Session, Long> anonymous = new LinkedHashMap<>();

    private int upgrading;
    private boolean draining;

    /** @param drain of all event loops */
    public Sessions(SessionLoop loop, SessionEnvironment environment, Drain drain) {
        this.loop = loop;
        this.environment = environment;
        this.drain = drain;
    }

    /**
     * Whether one more socket may come: not while draining, nor while this gateway has all that it bears or too many have not
     * said who they are, and none of them has had time enough to say it.
     */
    public boolean haveRoom() {
        if (draining) {
            return false;
        }
        SessionLimits limits = environment.limits();
        if (environment.metrics().open() + upgrading >= limits.sockets()) {
            return makeRoom(Trouble.NO_SOCKET_ROOM);
        }
        return upgrading + anonymous.size() < limits.socketsWithoutHello() || makeRoom(Trouble.NO_HELLO_ROOM);
    }

    /** Who means well says hello at once: a flood of others must not keep him out. */
    private boolean makeRoom(Trouble trouble) {
        environment.troubles().add(trouble, line -> line.addKeyValue(
                        "sockets", environment.metrics().open())
                .addKeyValue("without_hello", anonymous.size()));
        long enough = environment.times().hello().toNanos() / PART_OF_HELLO;
        Optional<Session> oldest = anonymous.entrySet().stream()
                .filter(waiting -> !waiting.getKey().isBeingChecked())
                .findFirst()
                .filter(waiting -> System.nanoTime() - waiting.getValue() >= enough)
                .map(Map.Entry::getKey);
        oldest.ifPresent(session -> {
            anonymous.remove(session);
            session.makeRoom();
        });
        return oldest.isPresent();
    }

    /**
     * Upgrades a request to a WebSocket (RFC 6455) and begins its session.
     *
     * @param correlationId of the request: the session is found in the log by it
     * @return fails if the handshake is not valid; the request has been answered then
     */
    public Future<Void> upgrade(HttpServerRequest request, String correlationId) {
        upgrading++;
        SocketChannel.holdFrames(request);
        return request.toWebSocket()
                .onComplete(upgraded -> upgrading--)
                .onSuccess(socket -> begin(socket, correlationId))
                .mapEmpty();
    }

    private void begin(ServerWebSocket socket, String correlationId) {
        Session session = Session.open(socket, correlationId, loop, environment);
        open.add(session);
        anonymous.put(session, System.nanoTime());
        session.identified().onSuccess(known -> anonymous.remove(session));
        session.gone().onSuccess(gone -> end(session));
        if (draining) {
            session.announceEnd(drain.plan().lead());
            session.sendAway();
        }
        session.begin();
    }

    private void end(Session session) {
        open.remove(session);
        completeIfDrained();
    }

    private void completeIfDrained() {
        if (draining && open.isEmpty()) {
            drained.tryComplete();
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
     * Takes no more clients, and sends those that are there away as planned.
     *
     * @return done when all sockets are gone
     */
    public Future<Void> drain() {
        draining = true;
        DrainPlan plan = drain.plan();
        Alarm late = new Alarm(environment.vertx(), this::cutAll);
        late.set(plan.within());
        new LoopDrain(environment.vertx(), plan, open).begin();
        completeIfDrained();
        return drained.future().onComplete(done -> late.cancel());
    }

    private void cutAll() {
        log.warn("{} sockets did not close in time", open.size());
        List.copyOf(open).forEach(Session::abort);
    }
}
