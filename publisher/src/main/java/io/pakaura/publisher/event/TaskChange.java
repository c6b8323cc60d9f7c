package io.pakaura.publisher.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One committed change of one task: all that its events are derived from.
 *
 * @param seed random, kept with the change; the ids of its events derive from it, so a repeat has the same ids
 * @param revision the user's revision that this change made
 * @param before the task before; {@code null} if it was created
 * @param after the task after; {@code null} if it was deleted
 */
public record TaskChange(
        UUID seed,
        String userId,
        long revision,
        @Nullable TaskState before,
        @Nullable TaskState after,
        Instant changedAt,
        String correlationId,
        String traceparent) {

    public TaskChange {
        if (before == null && after == null) {
            throw new IllegalArgumentException("a change needs a task before or after it");
        }
    }

    /** The task after the change, or as it was last if it is gone. */
    public TaskState latest() {
        if (after != null) {
            return after;
        }
        if (before != null) {
            return before;
        }
        throw new IllegalStateException();
    }

    /** The kind of change. A patch that flips {@code completed} counts as that, whatever else it changed. */
    public EventType type() {
        if (before == null) {
            return EventType.TASK_CREATED;
        }
        if (after == null) {
            return EventType.TASK_DELETED;
        }
        if (before.completed() != after.completed()) {
            return after.completed() ? EventType.TASK_COMPLETED : EventType.TASK_UNCOMPLETED;
        }
        return EventType.TASK_UPDATED;
    }
}
