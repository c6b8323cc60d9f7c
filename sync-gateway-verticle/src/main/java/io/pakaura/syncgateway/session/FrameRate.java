package io.pakaura.syncgateway.session;

import java.util.function.LongSupplier;

/** A token bucket for what one client sends. */
final class FrameRate {
    private static final double NANOS = 1e9;

    private final double perNano;
    private final double burst;
    private final LongSupplier nanoTime;
    private double left;
    private long filledAt;

    /** @param nanoTime as {@link System#nanoTime} */
    FrameRate(SessionLimits limits, LongSupplier nanoTime) {
        this.perNano = limits.framesPerSecond() / NANOS;
        this.burst = limits.frameBurst();
        this.nanoTime = nanoTime;
        this.left = burst;
        this.filledAt = nanoTime.getAsLong();
    }

    /** Whether one more frame is within the rate. */
    boolean allows() {
        long now = nanoTime.getAsLong();
        left = Math.min(burst, left + (now - filledAt) * perNano);
        filledAt = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
