package io.pakaura.taskapi.task;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a page ended: what its last task can be sorted by. */
public record PageKey(Instant createdAt, @Nullable LocalDate dueDate, UUID id) {
    public static PageKey of(Task task) {
        return new PageKey(task.createdAt(), task.dueDate(), task.id());
    }
}
