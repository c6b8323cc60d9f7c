package io.pakaura.publisher.outbox;

import java.util.concurrent.TimeUnit;

/**
 * A row that its writer handed over, or that was taken over from another.
 *
 * @param atNanos when, by {@link System#nanoTime}
 */
record Offered(OutboxRow row, long atNanos) {
    static Offered now(OutboxRow row) {
        return new Offered(row, System.nanoTime());
    }

    /** By the relay's clock, in milliseconds. */
    long leaseEndsAt(long leaseMillis) {
        return TimeUnit.NANOSECONDS.toMillis(atNanos) + leaseMillis;
    }
}
