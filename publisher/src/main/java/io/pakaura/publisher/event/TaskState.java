package io.pakaura.publisher.event;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as it stands in events, field by field what the API answers.
 *
 * @param dueDate a floating date: the user's own day
 * @param remindAt an instant
 * @param revision the user's revision at which the task got this state
 */
public record TaskState(
        UUID id,
        String title,
        @Nullable String description,
        boolean completed,
        @Nullable Instant completedAt,
        String priority,
        @Nullable LocalDate dueDate,
        @Nullable Instant remindAt,
        Instant createdAt,
        Instant updatedAt,
        long revision) {

    /** Characters of what people wrote. */
    public int textLength() {
        return title.length() + (description == null ? 0 : description.length());
    }

    /** What somebody changed from this state to the next, by field as it is named in JSON; empty if nothing. */
    public Map<String, FieldChange> changesTo(TaskState next) {
        Map<String, FieldChange> changes = new LinkedHashMap<>();
        note(changes, "title", title, next.title);
        note(changes, "description", description, next.description);
        note(changes, "completed", completed, next.completed);
        note(changes, "priority", priority, next.priority);
        note(changes, "due_date", dueDate, next.dueDate);
        note(changes, "remind_at", remindAt, next.remindAt);
        return changes;
    }

    private static void note(
            Map<String, FieldChange> changes, String field, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changes.put(field, new FieldChange(before, after));
        }
    }

    /** A field's value before and after. */
    public record FieldChange(
            @Nullable Object old,

            @com.fasterxml.jackson.annotation.JsonProperty("new") @Nullable
            Object next) {}
}
