package io.pakaura.syncgateway.session;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Notices a peer that is gone: asks when the gateway has been silent for a time, and expects an answer. */
final class Keepalive {
    private final long intervalNanos;
    private final LongSupplier lastSent;
    private final Runnable ping;
    private final Runnable gone;
    private final Alarm alarm;
    private boolean unanswered;

    /**
     * @param lastSent when anything was sent, by {@link System#nanoTime}
     * @param ping sends one
     * @param gone the previous ping was left unanswered when the next was due
     */
    Keepalive(Vertx vertx, Duration interval, LongSupplier lastSent, Runnable ping, Runnable gone) {
        this.intervalNanos = interval.toNanos();
        this.lastSent = lastSent;
        this.ping = ping;
        this.gone = gone;
        this.alarm = new Alarm(vertx, this::check);
    }

    void start() {
        alarm.set(Duration.ofNanos(intervalNanos));
    }

    void answered() {
        unanswered = false;
    }

    void stop() {
        alarm.cancel();
    }

    private void check() {
        long silent = System.nanoTime() - lastSent.getAsLong();
        if (silent < intervalNanos) {
            alarm.set(Duration.ofNanos(intervalNanos - silent));
        } else if (unanswered) {
            gone.run();
        } else {
            unanswered = true;
            ping.run();
            start();
        }
    }
}
