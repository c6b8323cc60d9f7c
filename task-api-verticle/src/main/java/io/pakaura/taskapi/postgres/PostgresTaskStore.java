package io.pakaura.taskapi.postgres;

import io.micrometer.core.instrument.MeterRegistry;
import io.pakaura.publisher.EventPublisher;
import io.pakaura.publisher.outbox.OutboxRow;
import io.pakaura.publisher.outbox.OutboxSql;
import io.pakaura.taskapi.event.TaskStates;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.ChangesOutcome;
import io.pakaura.taskapi.task.Cleared;
import io.pakaura.taskapi.task.NewTask;
import io.pakaura.taskapi.task.PageKey;
import io.pakaura.taskapi.task.Precondition;
import io.pakaura.taskapi.task.SyncPoint;
import io.pakaura.taskapi.task.Task;
import io.pakaura.taskapi.task.TaskOutcome;
import io.pakaura.taskapi.task.TaskPage;
import io.pakaura.taskapi.task.TaskPatch;
import io.pakaura.taskapi.task.TaskQuery;
import io.pakaura.taskapi.task.TaskStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@link TaskStore} in PostgreSQL. Safe on any thread; completes on the caller's context. */
public final class PostgresTaskStore implements TaskStore {
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final EventPublisher publisher;
    private final TaskSql sql;
    private final AddBatches batches;

    /** @param publisher is handed the outbox rows that the statements commit */
    public PostgresTaskStore(Vertx vertx, Database database, EventPublisher publisher, MeterRegistry meters) {
        this.database = database;
        this.publisher = publisher;
        this.sql = new TaskSql(publisher.sql());
        this.batches = new AddBatches(vertx, database, sql, meters);
    }

    @Override
    public Future<TaskOutcome> add(Caller caller, UUID id, NewTask task) {
        if (task.id() == null) {
            return database.execute(caller.user(), () -> batches.add(caller, id, task))
                    .map(row -> created(caller, task, row));
        }
        return database.execute(caller.user(), sql.addWithOwnId(), TaskTuples.add(caller, id, task))
                .compose(rows -> rows.size() == 0
                        ? existing(caller.user(), id)
                        : Future.succeededFuture(created(caller, task, first(rows))))
                .recover(failure ->
                        isUniqueViolation(failure) ? existing(caller.user(), id) : Future.failedFuture(failure));
    }

    private TaskOutcome created(Caller caller, NewTask added, Row row) {
        Task task = Rows.added(row, added);
        publish(OutboxSql.readAdded(
                row, caller.user(), TaskStates.of(task), caller.correlationId(), caller.traceparent()));
        return new TaskOutcome.Created(task, new SyncPoint(row.getUUID("epoch"), task.revision()));
    }

    /** The id was used before: the task, or what is left of it. */
    private Future<TaskOutcome> existing(String user, UUID id) {
        return find(user, id).map(found -> found instanceof TaskOutcome.NotFound ? new TaskOutcome.Gone() : found);
    }

    private static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
    }

    @Override
    public Future<TaskOutcome> find(String user, UUID id) {
        return database.execute(user, ReadSql.FIND, Tuple.of(user, id)).map(rows -> {
            Row row = first(rows);
            return Rows.hasTask(row)
                    ? new TaskOutcome.Found(Rows.task(row), Rows.syncPoint(row))
                    : new TaskOutcome.NotFound();
        });
    }

    @Override
    public Future<TaskOutcome> update(Caller caller, UUID id, TaskPatch patch, Precondition precondition) {
        return database.execute(caller.user(), sql.update(), TaskTuples.update(caller, id, patch, precondition))
                .map(rows -> rows.size() == 0 ? new TaskOutcome.NotFound() : updated(first(rows)));
    }

    private TaskOutcome updated(Row row) {
        Task task = Rows.task(row);
        if (row.getBoolean("stale")) {
            return new TaskOutcome.Stale(task);
        }
        if (row.getBoolean("undated")) {
            return new TaskOutcome.ReminderWithoutDueDate();
        }
        publish(row);
        return new TaskOutcome.Found(task, Rows.syncPoint(row, task.revision()));
    }

    @Override
    public Future<TaskOutcome> delete(Caller caller, UUID id, Precondition precondition) {
        return database.execute(caller.user(), sql.delete(), TaskTuples.delete(caller, id, precondition))
                .map(rows -> rows.size() == 0 ? new TaskOutcome.NotFound() : deleted(first(rows)));
    }

    private TaskOutcome deleted(Row row) {
        if (row.getBoolean("stale")) {
            return new TaskOutcome.Stale(Rows.task(row));
        }
        publish(row);
        return new TaskOutcome.Deleted(Rows.syncPoint(row));
    }

    @Override
    public Future<Cleared> clearCompleted(Caller caller, int limit) {
        Tuple values = Tuple.of(caller.user(), (long) limit, caller.correlationId(), caller.traceparent());
        return database.execute(caller.user(), sql.clearCompleted(), values).map(rows -> {
            rows.forEach(this::publish);
            Row row = first(rows);
            return new Cleared(row.getLong("n"), Rows.syncPoint(row));
        });
    }

    @Override
    public Future<TaskPage> list(String user, TaskQuery query) {
        Tuple values = TaskTuples.page(user, query, query.limit() + 1);
        return database.execute(user, ReadSql.page(query.sort(), query.after()), values)
                .map(rows -> {
                    List<Task> tasks = new ArrayList<>(rows.size());
                    rows.forEach(row -> {
                        if (Rows.hasTask(row) && tasks.size() < query.limit()) {
                            tasks.add(Rows.task(row));
                        }
                    });
                    boolean hasMore = Rows.found(first(rows)) > tasks.size();
                    PageKey next = hasMore ? PageKey.of(tasks.get(tasks.size() - 1)) : null;
                    return new TaskPage(Rows.syncPoint(first(rows)), tasks, next);
                });
    }

    /**
     * Most who ask have missed nothing, all at once when they reconnect: that takes one row to see. Who has missed
     * something gets it from a statement of its own, which is one snapshot again.
     */
    @Override
    public Future<ChangesOutcome> changes(String user, long since, int limit) {
        return database.execute(user, ReadSql.SYNC_POINT, Tuple.of(user)).compose(rows -> {
            SyncPoint now = Rows.syncPoint(first(rows));
            return now.revision() == since
                    ? Future.succeededFuture(new ChangesOutcome.Page(now, List.of(), List.of(), false))
                    : delta(user, since, limit);
        });
    }

    private Future<ChangesOutcome> delta(String user, long since, int limit) {
        return database.execute(user, ReadSql.CHANGES, Tuple.of(user, since, (long) limit + 1))
                .map(rows -> Delta.read(rows, since, limit));
    }

    private void publish(Row row) {
        publish(OutboxSql.read(row));
    }

    private void publish(@Nullable OutboxRow outboxRow) {
        if (outboxRow != null) {
            publisher.committed(outboxRow);
        }
    }

    private static Row first(RowSet<Row> rows) {
        return rows.iterator().next();
    }
}
