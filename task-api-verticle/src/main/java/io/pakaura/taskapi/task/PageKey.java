package io.pakaura.taskapi.task;

import java.time.Instant;
import java.util.UUID;

/** Where a page ended: the sort key of its last task. */
public record PageKey(Instant createdAt, UUID id) {
    public static PageKey of(Task task) {
        return new PageKey(task.createdAt(), task.id());
    }
}
