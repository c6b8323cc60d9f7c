package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.CloudEventFactory;
import io.pakaura.publisher.event.CloudEventFactory.Outgoing;
import io.pakaura.publisher.event.Topic;
import java.time.Duration;
import java.util.List;

/** A row on its way: what it still owes, and what is still to be tried before it is settled. Relay's context only. */
final class Delivery {
    private static final int OVERHEAD_BYTES = 512;

    private final OutboxRow row;
    private final List<Outgoing> events;
    private final long leaseEndsAt;
    private int owed;
    private int untried;
    private Duration delay = Duration.ZERO;

    /**
     * @param leaseEndsAt by the relay's clock, in milliseconds
     * @throws IllegalArgumentException if the row's events cannot be derived
     */
    Delivery(OutboxRow row, long leaseEndsAt) {
        this.row = row;
        this.leaseEndsAt = leaseEndsAt;
        this.events = CloudEventFactory.eventsOf(row.change()).stream()
                .filter(event -> (row.owed() & event.topic().bit()) != 0)
                .toList();
        for (Outgoing event : events) {
            owed |= event.topic().bit();
        }
        untried = owed;
    }

    OutboxRow row() {
        return row;
    }

    /** Events that the row still owes, in the order of their topics. */
    List<Outgoing> events() {
        return events;
    }

    /** A rough size in memory, for the relay's bound. */
    static int bytesOf(OutboxRow row) {
        return OVERHEAD_BYTES + length(row.before()) + length(row.after());
    }

    private static int length(@org.jspecify.annotations.Nullable String json) {
        return json == null ? 0 : 2 * json.length();
    }

    boolean isLeasedAt(long millis) {
        return millis < leaseEndsAt;
    }

    void published(Topic topic) {
        owed &= ~topic.bit();
        untried &= ~topic.bit();
    }

    /** Keeps the topic owed; the row waits for the longest delay of its topics. */
    void failed(Topic topic, Duration wait) {
        untried &= ~topic.bit();
        delay = wait.compareTo(delay) > 0 ? wait : delay;
    }

    /** Whether every topic was tried. */
    boolean isSettled() {
        return untried == 0;
    }

    boolean isDone() {
        return owed == 0;
    }

    Outbox.Failed asFailed() {
        return new Outbox.Failed(row.id(), owed, delay);
    }
}
