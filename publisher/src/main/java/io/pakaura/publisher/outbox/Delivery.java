package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.CloudEventFactory;
import io.pakaura.publisher.event.CloudEventFactory.Outgoing;
import io.pakaura.publisher.event.TaskChange;
import io.pakaura.publisher.event.Topic;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row on its way: what it still owes, and what is still to be tried before it is settled. Relay's context only. */
final class Delivery {
    private static final int OVERHEAD_BYTES = 512;

    private final OutboxRow row;
    private final List<Outgoing> events;
    private final long offeredAtNanos;
    private final int bytes;
    private long leaseEndsAt;
    private int owed;
    private int untried;
    private int attempts;
    private Duration delay = Duration.ZERO;

    /**
     * @param leaseMs how long the row is this process's to publish
     * @throws IllegalArgumentException if the row's events cannot be derived
     */
    Delivery(Offered offered, long leaseMs) {
        TaskChange change = offered.row().change();
        this.row = offered.row().of(change);
        this.offeredAtNanos = offered.atNanos();
        this.leaseEndsAt = offered.leaseEndsAt(leaseMs);
        this.events = CloudEventFactory.eventsOf(change).stream()
                .filter(event -> (row.owed() & event.topic().bit()) != 0)
                .toList();
        for (Outgoing event : events) {
            owed |= event.topic().bit();
        }
        untried = owed;
        bytes = bytesOf(row);
        attempts = row.attempts();
    }

    OutboxRow row() {
        return row;
    }

    /** Events that the row still owes, in the order of their topics. */
    List<Outgoing> events() {
        return events;
    }

    /** About what it takes in memory. */
    int bytes() {
        return bytes;
    }

    private static int bytesOf(OutboxRow row) {
        return OVERHEAD_BYTES + bytesOf(row.before()) + bytesOf(row.after());
    }

    private static int bytesOf(@Nullable StoredTask task) {
        return task == null ? 0 : task.bytes();
    }

    /** @param now by the relay's clock, in milliseconds */
    boolean isLeasedAt(long now) {
        return now < leaseEndsAt;
    }

    /** The lease was taken anew, by this process. */
    void leasedAgain(long now, long leaseMs) {
        leaseEndsAt = now + leaseMs;
    }

    /** How long ago the row was handed over. */
    long ageNanos() {
        return System.nanoTime() - offeredAtNanos;
    }

    void published(Topic topic) {
        owed &= ~topic.bit();
        untried &= ~topic.bit();
    }

    /**
     * Keeps the topic owed; the row waits for the longest delay of its topics.
     *
     * @param blamed whether the row itself seems to be at fault, and not the way to the topic
     */
    void failed(Topic topic, boolean blamed) {
        untried &= ~topic.bit();
        attempts = Math.max(attempts, BackOff.attemptsAfter(row.attempts(), blamed));
        Duration wait = BackOff.after(row.attempts(), blamed);
        delay = wait.compareTo(delay) > 0 ? wait : delay;
    }

    /** The lease ended before the topic's turn came: the topic stays owed, and nothing is held against the row. */
    void tooLate(Topic topic) {
        untried &= ~topic.bit();
    }

    /** Whether something was tried that must not be forgotten with the lease. */
    boolean hasNews() {
        return owed != row.owed() || hasFailed();
    }

    /** Whether an attempt failed. */
    boolean hasFailed() {
        return attempts != row.attempts();
    }

    /** Whether every topic was tried. */
    boolean isSettled() {
        return untried == 0;
    }

    boolean isDone() {
        return owed == 0;
    }

    Outbox.Failed asFailed() {
        return new Outbox.Failed(row.id(), owed, attempts, delay);
    }
}
