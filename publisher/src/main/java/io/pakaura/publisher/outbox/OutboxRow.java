package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.CloudEventFactory;
import io.pakaura.publisher.event.TaskChange;
import io.pakaura.publisher.event.TaskState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox, as it was read.
 *
 * @param before the task before, {@code null} if it was created
 * @param after the task after, {@code null} if it was deleted
 * @param owed topics that still need it, as bits
 * @param attempts failed ones so far
 */
public record OutboxRow(
        long id,
        UUID seed,
        String userId,
        long revision,
        @Nullable StoredTask before,
        @Nullable StoredTask after,
        Instant changedAt,
        String correlationId,
        String traceparent,
        int owed,
        int attempts) {

    /**
     * What happened.
     *
     * @throws IllegalArgumentException if a task in the row cannot be read
     */
    TaskChange change() {
        return new TaskChange(
                seed,
                userId,
                revision,
                before == null ? null : before.state(),
                after == null ? null : after.state(),
                changedAt,
                correlationId,
                traceparent);
    }

    /** The same row with its change as it was read: what is held for long holds no JSON. */
    OutboxRow of(TaskChange change) {
        return new OutboxRow(
                id,
                seed,
                userId,
                revision,
                known(change.before()),
                known(change.after()),
                changedAt,
                correlationId,
                traceparent,
                owed,
                attempts);
    }

    private static @Nullable StoredTask known(@Nullable TaskState task) {
        return task == null ? null : new StoredTask.Known(task);
    }

    /** Logs the row's events at DEBUG instead of publishing them. */
    public void logAsDisabled() {
        if (PublishLog.isDebug()) {
            CloudEventFactory.eventsOf(change()).forEach(event -> PublishLog.disabled(this, event));
        }
    }
}
