package io.pakaura.publisher.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code task.*} events on {@code task-events}.
 *
 * @param changes old and new value by field; empty if the task was created or deleted
 * @param task absent if the task was deleted
 */
public record TaskEvent(
        UUID taskId,
        String userId,
        String action,
        String title,
        boolean completed,
        Map<String, TaskState.FieldChange> changes,
        Instant timestamp,
        long revision,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TaskState task) {

    static TaskEvent of(TaskChange change) {
        TaskState before = change.before();
        TaskState after = change.after();
        TaskState latest = change.latest();
        return new TaskEvent(
                latest.id(),
                change.userId(),
                change.type().action(),
                latest.title(),
                latest.completed(),
                before == null || after == null ? Map.of() : before.changesTo(after),
                change.changedAt(),
                change.revision(),
                after);
    }
}
