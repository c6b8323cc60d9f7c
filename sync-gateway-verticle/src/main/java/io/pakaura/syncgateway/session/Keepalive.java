package io.pakaura.syncgateway.session;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Notices a peer that is gone: asks when the gateway has sent nothing for a time, or has heard nothing, and expects an
 * answer. To a peer that vanished one can send for many minutes.
 *
 * <p>Those that came together, after a crash, would all be asked, and all answer, in one moment, again and again. So each is
 * asked for the first time somewhere in the second half of the interval, and then by an interval of its own, up to a
 * tenth shorter than what was promised less what its alarm may be late.
 */
final class Keepalive {
    private static final Duration MOST_LATENESS = Duration.ofSeconds(1);

    private final long intervalNanos;
    private long patienceNanos;
    private final LongSupplier lastSent;
    private final LongSupplier lastHeard;
    private final Runnable ping;
    private final Runnable gone;
    private final Alarm alarm;
    private boolean unanswered;

    /**
     * @param interval of silence, at most
     * @param lastSent when anything was sent, by {@link System#nanoTime}
     * @param lastHeard when anything came, likewise
     * @param ping sends one
     * @param gone the previous ping was left unanswered when the next was due
     */
    Keepalive(
            Vertx vertx,
            Duration interval,
            LongSupplier lastSent,
            LongSupplier lastHeard,
            Runnable ping,
            Runnable gone) {
        Duration tenth = interval.dividedBy(10);
        Duration lateness = tenth.compareTo(MOST_LATENESS) < 0 ? tenth : MOST_LATENESS;
        long most = interval.minus(lateness).toNanos();
        this.intervalNanos = most - ThreadLocalRandom.current().nextLong(tenth.toNanos());
        this.patienceNanos = most - ThreadLocalRandom.current().nextLong(most / 2);
        this.lastSent = lastSent;
        this.lastHeard = lastHeard;
        this.ping = ping;
        this.gone = gone;
        this.alarm = new Alarm(vertx, lateness, this::check);
    }

    void start() {
        alarm.set(Duration.ofNanos(patienceNanos));
    }

    void answered() {
        unanswered = false;
    }

    void stop() {
        alarm.cancel();
    }

    private void check() {
        long now = System.nanoTime();
        long silent = Math.max(now - lastSent.getAsLong(), now - lastHeard.getAsLong());
        if (silent < patienceNanos) {
            alarm.set(Duration.ofNanos(patienceNanos - silent));
        } else if (unanswered) {
            gone.run();
        } else {
            unanswered = true;
            patienceNanos = intervalNanos;
            ping.run();
            start();
        }
    }
}
