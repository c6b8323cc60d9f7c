package io.pakaura.syncgateway.session;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One timer that can be set anew and cancelled. For one event loop.
 *
 * <p>Alarms ring together, some times a second: before a timer the event loop spins for up to half a millisecond, since its
 * selector counts in whole ones. By itself each of ten thousand sockets would be asked for a sign of life at the price
 * of a fifth of the loop.
 */
final class Alarm {
    /** An alarm rings so late at most, unless it bears more. */
    static final Duration LATENESS = Duration.ofMillis(250);

    private static final long NONE = -1;

    private final Vertx vertx;
    private final long latenessMillis;
    private final Runnable action;
    private long timer = NONE;

    Alarm(Vertx vertx, Runnable action) {
        this(vertx, LATENESS, action);
    }

    /** @param lateness that it bears: it rings with all that bear the same; some milliseconds at least */
    Alarm(Vertx vertx, Duration lateness, Runnable action) {
        this.vertx = vertx;
        this.latenessMillis = lateness.toMillis();
        this.action = action;
    }

    /** Rings once, after the delay and not before; a time that was set before is forgotten. */
    void set(Duration delay) {
        cancel();
        timer = vertx.setTimer(millisUntilAllRing(delay), rung -> {
            timer = NONE;
            action.run();
        });
    }

    private long millisUntilAllRing(Duration delay) {
        long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        long due = now + delay.toMillis() + 1;
        return due + Math.floorMod(-due, latenessMillis) - now;
    }

    void cancel() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }
}
