package io.pakaura.publisher.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code sync.task} on {@code task-updates}: what a browser needs to show the change.
 *
 * @param task absent if the task was deleted
 */
public record SyncEvent(
        UUID taskId,
        String userId,
        String action,
        Instant timestamp,
        long revision,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TaskState task) {

    static SyncEvent of(TaskChange change) {
        return new SyncEvent(
                change.latest().id(),
                change.userId(),
                change.type().action(),
                change.changedAt(),
                change.revision(),
                change.after());
    }
}
