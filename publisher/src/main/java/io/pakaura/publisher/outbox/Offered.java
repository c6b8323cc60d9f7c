package io.pakaura.publisher.outbox;

/**
 * A row that its writer handed over, or that was taken over from another.
 *
 * @param atNanos when, by {@link System#nanoTime}
 */
record Offered(OutboxRow row, long atNanos) {
    static Offered now(OutboxRow row) {
        return new Offered(row, System.nanoTime());
    }
}
