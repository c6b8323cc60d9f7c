package io.pakaura.endtoend.dapr;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, and tells what was missing if it doesn't come. Blocks its thread: for tests only. */
public final class Await {

    private static final Duration POLL = Duration.ofMillis(10);

    private Await() {}

    /**
     * Returns as soon as the condition holds; an exception of the condition counts as "not yet".
     *
     * @throws AssertionError with the description, after the timeout
     */
    public static void until(Supplier<String> missing, Duration timeout, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + timeout + ": " + missing.get());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception notYet) {
            return false;
        }
    }
}
