package io.pakaura.taskapi.task;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task to be added.
 *
 * @param id the client's own, or {@code null} for one of ours
 * @param remindAt needs a due date
 */
public record NewTask(
        @Nullable UUID id,
        String title,
        @Nullable String description,
        Priority priority,
        @Nullable LocalDate dueDate,
        @Nullable Instant remindAt) {}
