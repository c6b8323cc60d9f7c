package io.pakaura.syncgateway.session;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Watches the end of a session's token: warns before it, and tells when it has come. */
final class TokenExpiry {
    /** A longer wait is done in steps: the wall clock may be set meanwhile, and a token may end in a thousand years. */
    private static final Duration LONGEST_STEP = Duration.ofHours(1);

    private final Clock clock;
    private final Duration warning;
    private final Consumer<Instant> expiring;
    private final Runnable expired;
    private final Alarm alarm;
    private Instant expiresAt;
    private boolean started;
    private boolean warned;

    TokenExpiry(SessionEnvironment environment, Instant expiresAt, Consumer<Instant> expiring, Runnable expired) {
        Vertx vertx = environment.vertx();
        this.clock = environment.clock();
        this.warning = environment.times().tokenWarning();
        this.expiresAt = expiresAt;
        this.expiring = expiring;
        this.expired = expired;
        this.alarm = new Alarm(vertx, this::check);
    }

    Instant expiresAt() {
        return expiresAt;
    }

    void start() {
        started = true;
        check();
    }

    /** A fresh token came. */
    void renew(Instant newExpiry) {
        expiresAt = newExpiry;
        warned = false;
        if (started) {
            check();
        }
    }

    void stop() {
        alarm.cancel();
    }

    private void check() {
        Duration left = Duration.between(clock.instant(), expiresAt);
        if (left.isNegative() || left.isZero()) {
            expired.run();
        } else if (warned) {
            sleep(left);
        } else if (left.compareTo(warning) > 0) {
            sleep(left.minus(warning));
        } else {
            warned = true;
            expiring.accept(expiresAt);
            sleep(left);
        }
    }

    private void sleep(Duration time) {
        alarm.set(time.compareTo(LONGEST_STEP) < 0 ? time : LONGEST_STEP);
    }
}
