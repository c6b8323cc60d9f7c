package io.pakaura.publisher.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, and not for a time. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_NANOS = 5_000_000;

    private Await() {}

    /** Fails if the condition does not hold within 20 s. */
    public static void until(BooleanSupplier condition) {
        until(PATIENCE, condition);
    }

    /** Fails if the condition does not hold within {@code patience}. */
    public static void until(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the condition did not hold within " + patience);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
