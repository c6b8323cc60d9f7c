package io.pakaura.publisher.event;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Data of {@code reminder.*} events on {@code reminders}.
 *
 * @param dueDate a floating date: the user's own day
 * @param dueAt midnight in UTC at the start of that day, for consumers that want an instant
 * @param remindAt when to remind; of a cancelled reminder, when it would have been
 */
public record ReminderEvent(
        UUID taskId,
        String userId,
        String action,
        String title,
        LocalDate dueDate,
        Instant dueAt,
        Instant remindAt,
        Instant timestamp,
        long revision) {

    /** What the change did to the task's reminder; {@code null} if nothing that anybody must hear of. */
    static @Nullable EventType typeOf(TaskChange change) {
        TaskState before = change.before();
        TaskState after = change.after();
        boolean was = isActive(before);
        boolean is = isActive(after);
        if (was && is) {
            return sameReminder(before, after) ? null : EventType.REMINDER_RESCHEDULED;
        }
        if (is) {
            boolean reopened = before != null && before.completed();
            return reopened && !isAhead(after, change.changedAt()) ? null : EventType.REMINDER_SCHEDULED;
        }
        return was && isAhead(before, change.changedAt()) ? EventType.REMINDER_CANCELLED : null;
    }

    static ReminderEvent of(TaskChange change, EventType type) {
        TaskState task = type == EventType.REMINDER_CANCELLED ? change.before() : change.after();
        Objects.requireNonNull(task);
        LocalDate dueDate = Objects.requireNonNull(task.dueDate());
        return new ReminderEvent(
                task.id(),
                change.userId(),
                type.action(),
                change.latest().title(),
                dueDate,
                dueDate.atStartOfDay(ZoneOffset.UTC).toInstant(),
                Objects.requireNonNull(task.remindAt()),
                change.changedAt(),
                change.revision());
    }

    private static boolean isActive(@Nullable TaskState task) {
        return task != null && !task.completed() && task.remindAt() != null && task.dueDate() != null;
    }

    private static boolean isAhead(@Nullable TaskState task, Instant now) {
        return task != null && task.remindAt() != null && task.remindAt().isAfter(now);
    }

    private static boolean sameReminder(@Nullable TaskState before, @Nullable TaskState after) {
        return before != null
                && after != null
                && Objects.equals(before.remindAt(), after.remindAt())
                && Objects.equals(before.dueDate(), after.dueDate());
    }
}
