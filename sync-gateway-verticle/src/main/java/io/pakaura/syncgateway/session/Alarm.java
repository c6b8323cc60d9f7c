package io.pakaura.syncgateway.session;

import io.vertx.core.Vertx;
import java.time.Duration;

/** One timer that can be set anew and cancelled. For one event loop. */
final class Alarm {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final Runnable action;
    private long timer = NONE;

    Alarm(Vertx vertx, Runnable action) {
        this.vertx = vertx;
        this.action = action;
    }

    /** Rings once, after the delay; a time that was set before is forgotten. */
    void set(Duration delay) {
        cancel();
        timer = vertx.setTimer(Math.max(1, delay.toMillis()), rung -> {
            timer = NONE;
            action.run();
        });
    }

    void cancel() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }
}
