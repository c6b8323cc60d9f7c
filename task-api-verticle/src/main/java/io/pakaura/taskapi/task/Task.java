package io.pakaura.taskapi.task;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task of one user.
 *
 * @param id unique within its user
 * @param dueDate a floating date: the user's own day
 * @param revision the user's revision at which the task got this state; its entity tag too
 */
public record Task(
        UUID id,
        String title,
        @Nullable String description,
        boolean completed,
        @Nullable Instant completedAt,
        Priority priority,
        @Nullable LocalDate dueDate,
        @Nullable Instant remindAt,
        Instant createdAt,
        Instant updatedAt,
        long revision) {}
