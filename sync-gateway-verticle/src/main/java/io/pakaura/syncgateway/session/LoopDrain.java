package io.pakaura.syncgateway.session;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ThreadLocalRandom;

/** One event loop's share of a drain: tells its clients, and closes each when its time has come. For that event loop. */
final class LoopDrain {
    /** So many are told in a row; then the event loop does something else for a moment. */
    private static final int BATCH = 200;

    private static final long PAUSE_MILLIS = 1;

    /** Sockets are closed in batches, each of those whose time comes before the next. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final Vertx vertx;
    private final Deque<Departure> departures = new ArrayDeque<>();
    private final long begun = System.nanoTime();

    /** @param after the begin, it reconnects */
    private record Departure(Session session, Duration after) {}

    LoopDrain(Vertx vertx, DrainPlan plan, Collection<Session> sessions) {
        this.vertx = vertx;
        Iterator<Duration> times = plan.reconnects(sessions.size(), ThreadLocalRandom.current()::nextDouble)
                .iterator();
        sessions.forEach(session -> departures.add(new Departure(session, times.next())));
    }

    void begin() {
        tell(departures.iterator());
    }

    private void tell(Iterator<Departure> untold) {
        for (int n = 0; n < BATCH && untold.hasNext(); n++) {
            Departure next = untold.next();
            next.session().announceEnd(next.after().minus(elapsed()));
        }
        if (untold.hasNext()) {
            vertx.setTimer(PAUSE_MILLIS, pause -> tell(untold));
        } else {
            closeDue();
        }
    }

    private void closeDue() {
        Duration nextTick = elapsed().plus(TICK);
        while (!departures.isEmpty() && departures.element().after().compareTo(nextTick) < 0) {
            departures.remove().session().sendAway();
        }
        if (!departures.isEmpty()) {
            vertx.setTimer(TICK.toMillis(), tick -> closeDue());
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
