package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.task.NewTask;
import io.pakaura.taskapi.task.Priority;
import io.pakaura.taskapi.task.SyncPoint;
import io.pakaura.taskapi.task.Task;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Rows as domain objects. */
final class Rows {
    private Rows() {}

    /** The task in a row; the row must have one. */
    static Task task(Row row) {
        return new Task(
                row.getUUID("id"),
                row.getString("title"),
                row.getString("description"),
                row.getBoolean("completed"),
                instant(row, "completed_at"),
                Priority.ofWireName(row.getString("priority")),
                row.getLocalDate("due_date"),
                instant(row, "remind_at"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                row.getLong("revision"));
    }

    /** The task that a row says was added; the rest is known. */
    static Task added(Row row, NewTask task) {
        Instant now = row.getOffsetDateTime("created_at").toInstant();
        return new Task(
                row.getUUID("id"),
                task.title(),
                task.description(),
                false,
                null,
                task.priority(),
                task.dueDate(),
                instant(row, "remind_at"),
                now,
                now,
                row.getLong("revision"));
    }

    /** Whether an outer join found a task. */
    static boolean hasTask(Row row) {
        return row.getUUID("id") != null;
    }

    /** How many rows a page or a delta found, those included that were left out for their size. */
    static long found(Row row) {
        Long found = row.getLong("found");
        return found == null ? 0 : found;
    }

    /** The user's revision, or the task's if that is newer: a statement's snapshot may be older than the row it locked. */
    static SyncPoint syncPoint(Row row, long taskRevision) {
        return new SyncPoint(row.getUUID("epoch"), Math.max(row.getLong("user_revision"), taskRevision));
    }

    static SyncPoint syncPoint(Row row) {
        return syncPoint(row, 0);
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
