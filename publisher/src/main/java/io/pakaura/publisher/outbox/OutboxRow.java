package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.CloudEventFactory;
import io.pakaura.publisher.event.EventJson;
import io.pakaura.publisher.event.TaskChange;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox, as it was read.
 *
 * @param before the task before in JSON, {@code null} if it was created
 * @param after the task after in JSON, {@code null} if it was deleted
 * @param owed topics that still need it, as bits
 * @param attempts failed ones so far
 */
public record OutboxRow(
        long id,
        UUID seed,
        String userId,
        long revision,
        @Nullable String before,
        @Nullable String after,
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
                before == null ? null : EventJson.taskState(before),
                after == null ? null : EventJson.taskState(after),
                changedAt,
                correlationId,
                traceparent);
    }

    /** Logs the row's events at DEBUG instead of publishing them. */
    public void logAsDisabled() {
        if (PublishLog.isDebug()) {
            CloudEventFactory.eventsOf(change()).forEach(event -> PublishLog.disabled(this, event));
        }
    }
}
