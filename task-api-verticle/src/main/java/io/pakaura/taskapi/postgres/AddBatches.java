package io.pakaura.taskapi.postgres;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.NewTask;
import io.pakaura.taskapi.task.StoreUnavailableException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Adds tasks, those that come at the same time in one statement (natural batching): what a statement, its answer and its
 * commit cost is shared by all tasks in it. One that comes alone goes alone and at once; what comes while {@value #SLOTS}
 * statements run waits for one of them to end, but never longer than {@link #PATIENCE}.
 *
 * <p>Nobody fails for another: what the database refuses in a batch goes one by one. A batch may have to wait for the
 * counter of one of its users, as long as another statement of that user runs, some milliseconds as a rule. Others go on
 * meanwhile, and whoever is in a statement that takes longer than that goes alone until it has ended.
 *
 * <p>Safe on any thread; completes on the context that brought the task. At {@value #MAX_WAITING} that wait, the next
 * fails with {@link StoreUnavailableException}.
 */
final class AddBatches {
    static final int MAX_WAITING = 1_000;

    /** Statements at once. With more of them batches get smaller, with less the database waits for us. */
    private static final int SLOTS = 2;

    /** Of tasks; each may be some 60 KB. */
    private static final int MAX_BATCH = 50;

    /** A statement that takes longer has met something, and its slot is free for others. */
    static final Duration PATIENCE = Duration.ofMillis(20);

    private final Vertx vertx;
    private final Database database;
    private final TaskSql sql;
    private final DistributionSummary sizes;
    /** Guarded by this, as is all that follows. */
    private final Queue<Add> waiting = new ArrayDeque<>();

    /** Users in statements that take long, and in how many. */
    private final Map<String, Integer> late = new HashMap<>();

    private int running;

    AddBatches(Vertx vertx, Database database, TaskSql sql, MeterRegistry meters) {
        this.vertx = vertx;
        this.database = database;
        this.sql = sql;
        this.sizes = DistributionSummary.builder("db.client.batch")
                .description("New tasks in a statement")
                .baseUnit("tasks")
                .register(meters);
    }

    /** A task that is to be added, under an id that was never used. */
    record Add(Caller caller, UUID id, NewTask task, long atNanos, CompletableFuture<Row> result) {
        private void answer(AsyncResult<Row> row) {
            if (row.succeeded()) {
                result.complete(row.result());
            } else {
                result.completeExceptionally(row.cause());
            }
        }

        private String user() {
            return caller.user();
        }

        /** Its request has been answered, with a failure. */
        private boolean isTooLate() {
            return System.nanoTime() - atNanos > Database.PATIENCE.toNanos();
        }
    }

    /** @return the row of the statement that added the task */
    Future<Row> add(Caller caller, UUID id, NewTask task) {
        Add add = new Add(caller, id, task, System.nanoTime(), new CompletableFuture<>());
        if (!offer(add)) {
            return Future.failedFuture(new StoreUnavailableException("too many new tasks wait", null));
        }
        runNext();
        // A future that knows no context has its timeouts on a thread of its own, which each request would wake.
        return Future.fromCompletionStage(add.result(), vertx.getOrCreateContext());
    }

    private synchronized boolean offer(Add add) {
        return waiting.size() < MAX_WAITING && waiting.add(add);
    }

    private void runNext() {
        List<Add> batch = take();
        if (!batch.isEmpty()) {
            run(batch);
        }
    }

    private synchronized List<Add> take() {
        List<Add> batch = new ArrayList<>();
        if (running < SLOTS) {
            while (batch.size() < MAX_BATCH && !waiting.isEmpty() && mayJoin(batch, waiting.element())) {
                Add add = waiting.remove();
                if (!add.isTooLate()) {
                    batch.add(add);
                }
            }
        }
        if (!batch.isEmpty()) {
            running++;
        }
        return batch;
    }

    private boolean mayJoin(List<Add> batch, Add add) {
        return batch.isEmpty() || !(isLate(add) || isLate(batch.get(0)));
    }

    private boolean isLate(Add add) {
        return late.containsKey(add.user());
    }

    private void run(List<Add> batch) {
        sizes.record(batch.size());
        Slot slot = new Slot(batch);
        if (batch.size() == 1) {
            Add add = batch.get(0);
            alone(add).onComplete(row -> {
                slot.free();
                add.answer(row);
            });
        } else {
            database.run(sql.addAll(), TaskTuples.addAll(batch)).onComplete(rows -> {
                slot.free();
                answer(batch, rows);
            });
        }
    }

    /** A place among the statements that run: given back when the statement has ended, or takes long. */
    private final class Slot {
        private final List<Add> batch;
        private final long patience = vertx.setTimer(PATIENCE.toMillis(), due -> giveUp());
        private boolean isLate;
        private boolean hasEnded;

        Slot(List<Add> batch) {
            this.batch = batch;
        }

        private void giveUp() {
            synchronized (AddBatches.this) {
                if (hasEnded) {
                    return;
                }
                isLate = true;
                running--;
                batch.forEach(add -> late.merge(add.user(), 1, Integer::sum));
            }
            runNext();
        }

        private void free() {
            vertx.cancelTimer(patience);
            synchronized (AddBatches.this) {
                hasEnded = true;
                if (isLate) {
                    batch.forEach(add -> late.computeIfPresent(add.user(), (user, n) -> n == 1 ? null : n - 1));
                } else {
                    running--;
                }
            }
            runNext();
        }
    }

    private Future<Row> alone(Add add) {
        return database.run(sql.add(), TaskTuples.add(add.caller(), add.id(), add.task()))
                .map(rows -> rows.iterator().next());
    }

    private void answer(List<Add> batch, AsyncResult<RowSet<Row>> rows) {
        if (rows.succeeded()) {
            Map<UUID, Row> added = new HashMap<>();
            rows.result().forEach(row -> added.put(row.getUUID("id"), row));
            batch.forEach(add -> add.answer(Future.succeededFuture(added.get(add.id()))));
        } else if (Database.isUnavailable(rows.cause())) {
            batch.forEach(add -> add.answer(Future.failedFuture(rows.cause())));
        } else {
            batch.forEach(add -> alone(add).onComplete(add::answer));
        }
    }
}
