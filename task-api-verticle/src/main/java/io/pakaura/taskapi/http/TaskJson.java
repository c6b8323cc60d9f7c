package io.pakaura.taskapi.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.publisher.event.TaskState;
import io.pakaura.taskapi.event.TaskStates;
import io.pakaura.taskapi.task.ChangesOutcome;
import io.pakaura.taskapi.task.Cleared;
import io.pakaura.taskapi.task.Field;
import io.pakaura.taskapi.task.NewTask;
import io.pakaura.taskapi.task.Priority;
import io.pakaura.taskapi.task.Task;
import io.pakaura.taskapi.task.TaskPage;
import io.pakaura.taskapi.task.TaskPatch;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Between JSON and the domain. What comes in has passed the contract already. */
public final class TaskJson {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private TaskJson() {}

    /** A page of tasks, as {@code TaskPage} in the contract. */
    public record PageBody(
            UUID epoch,
            long revision,
            List<TaskState> tasks,
            @Nullable String nextCursor) {}

    record ChangesBody(
            UUID epoch,
            long revision,
            List<TaskState> tasks,
            List<ChangesOutcome.DeletedTask> deleted,
            boolean hasMore) {}

    /** As {@code Cleared} in the contract. */
    public record ClearedBody(long deleted, long revision) {}

    /** The same record as in events, so that a task looks the same in both. */
    public static TaskState body(Task task) {
        return TaskStates.of(task);
    }

    static PageBody body(TaskPage page, @Nullable String nextCursor) {
        return new PageBody(
                page.sync().epoch(),
                page.sync().revision(),
                page.tasks().stream().map(TaskJson::body).toList(),
                nextCursor);
    }

    static ChangesBody body(ChangesOutcome.Page page) {
        return new ChangesBody(
                page.sync().epoch(),
                page.sync().revision(),
                page.tasks().stream().map(TaskJson::body).toList(),
                page.deleted(),
                page.hasMore());
    }

    public static ClearedBody body(Cleared cleared) {
        return new ClearedBody(cleared.deleted(), cleared.sync().revision());
    }

    static NewTask newTask(JsonNode body) {
        Field<UUID> id = field(body, "id", UUID::fromString);
        Field<Priority> priority = field(body, "priority", Priority::ofWireName);
        NewTask task = new NewTask(
                id.value(),
                body.get("title").asText(),
                field(body, "description", text -> text).value(),
                priority.value() == null ? Priority.NONE : priority.value(),
                field(body, "due_date", TaskJson::date).value(),
                field(body, "remind_at", TaskJson::instant).value());
        if (task.remindAt() != null && task.dueDate() == null) {
            throw reminderWithoutDueDate();
        }
        return task;
    }

    static TaskPatch patch(JsonNode body) {
        return new TaskPatch(
                field(body, "title", text -> text),
                field(body, "description", text -> text),
                body.has("completed") ? Field.of(body.get("completed").asBoolean()) : Field.unset(),
                field(body, "priority", Priority::ofWireName),
                field(body, "due_date", TaskJson::date),
                field(body, "remind_at", TaskJson::instant));
    }

    static ProblemException reminderWithoutDueDate() {
        return ProblemException.invalid("remind_at", "needs a due_date");
    }

    private static <T> Field<T> field(JsonNode body, String name, Function<String, T> parser) {
        if (!body.has(name)) {
            return Field.unset();
        }
        if (body.get(name).isNull()) {
            return Field.of(null);
        }
        return Field.of(parsed(name, body.get(name).asText(), parser));
    }

    /** A date in a parameter. */
    static LocalDate date(String name, String text) {
        return parsed(name, text, TaskJson::date);
    }

    /** A form that the contract allows can still be a day that there never is. */
    private static <T> T parsed(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (DateTimeException impossible) {
            throw ProblemException.invalid(name, "is not in the calendar, or out of range");
        }
    }

    private static LocalDate date(String text) {
        LocalDate date = LocalDate.parse(text);
        if (date.getYear() < 1) {
            throw new DateTimeException("before year 1");
        }
        return date;
    }

    private static Instant instant(String text) {
        Instant instant = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new DateTimeException("outside of the years 1 to 9999");
        }
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
