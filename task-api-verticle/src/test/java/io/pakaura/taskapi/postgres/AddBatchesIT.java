package io.pakaura.taskapi.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pakaura.publisher.outbox.OutboxSql;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.TestDatabase;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.NewTask;
import io.pakaura.taskapi.task.Priority;
import io.pakaura.taskapi.task.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddBatchesIT {
    private static final TestDatabase DATABASE = TestDatabase.create()
            .migrated("classpath:io/pakaura/publisher/migrations", "classpath:io/pakaura/taskapi/migrations");

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = DATABASE.pool(vertx);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AddBatches batches =
            new AddBatches(vertx, new Database(vertx, pool, 16, meters), new TaskSql(new OutboxSql(true)), meters);

    @BeforeEach
    void nothing() throws TimeoutException {
        pool.query("TRUNCATE tasks, user_revisions, outbox").execute().await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws TimeoutException {
        pool.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void tasks_that_come_together_share_statements_and_each_user_counts_without_a_gap() throws Exception {
        List<Future<Row>> answers = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            answers.add(add("user-" + i % 7, UUID.randomUUID(), "task " + i));
        }
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            Row row = answers.get(i).await(10, TimeUnit.SECONDS);
            assertThat(text("SELECT title FROM tasks WHERE id = '" + row.getUUID("id") + "'"))
                    .isEqualTo("task " + i);
            if (i % 7 == 0) {
                revisions.add(row.getLong("revision"));
            }
        }

        assertThat(meters.get("db.client.batch").summary().max()).isGreaterThan(10);
        assertThat(revisions)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 86).boxed().toList());
        assertThat(text("SELECT count(*)::text FROM tasks JOIN outbox USING (user_id, revision)"
                        + " WHERE tasks.id = (outbox.after ->> 'id')::uuid AND correlation_id = tasks.title"))
                .isEqualTo("600");
    }

    @Test
    void tasks_of_one_user_in_one_statement_count_in_the_order_in_which_they_came() throws Exception {
        Promise<List<Future<Row>>> asked = Promise.promise();
        // On one event loop, so that no statement ends before the last task has come.
        vertx.runOnContext(here -> asked.complete(IntStream.range(0, 40)
                .mapToObj(i -> add("alice", UUID.randomUUID(), "task " + i))
                .toList()));
        for (Future<Row> answer : asked.future().await(10, TimeUnit.SECONDS)) {
            answer.await(10, TimeUnit.SECONDS);
        }

        // The first two had a statement each; the others waited for whichever ended first.
        assertThat(text("SELECT string_agg(title, ',' ORDER BY revision) FROM tasks"
                        + " WHERE title NOT IN ('task 0', 'task 1')"))
                .isEqualTo(text("SELECT string_agg('task ' || n, ',' ORDER BY n) FROM generate_series(2, 39) n"));
    }

    @Test
    void what_the_database_refuses_fails_alone() throws Exception {
        List<Future<Row>> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            answers.add(add("alice", UUID.randomUUID(), i == 17 ? "not \u0000 text" : "task"));
        }

        for (int i = 0; i < 30; i++) {
            Future<Row> answer = answers.get(i);
            if (i == 17) {
                assertThat(answer.transform(done -> Future.succeededFuture(done.cause()))
                                .await(10, TimeUnit.SECONDS))
                        .isInstanceOf(PgException.class);
            } else {
                assertThat(answer.await(10, TimeUnit.SECONDS).getLong("revision"))
                        .isPositive();
            }
        }
        assertThat(text("SELECT revision::text FROM user_revisions WHERE user_id = 'alice'"))
                .isEqualTo("29");
    }

    @Test
    void users_go_on_while_the_counter_of_another_is_locked() throws Exception {
        add("alice", UUID.randomUUID(), "first").await(10, TimeUnit.SECONDS);
        SqlConnection holder = pool.getConnection().await(10, TimeUnit.SECONDS);
        holder.query("BEGIN").execute().await(10, TimeUnit.SECONDS);
        holder.query("SELECT FROM user_revisions WHERE user_id = 'alice' FOR UPDATE")
                .execute()
                .await(10, TimeUnit.SECONDS);

        List<Future<Row>> held = List.of(
                add("alice", UUID.randomUUID(), "second"),
                add("alice", UUID.randomUUID(), "third"),
                add("alice", UUID.randomUUID(), "fourth"));
        for (int i = 0; i < 20; i++) {
            add("bob", UUID.randomUUID(), "task " + i).await(10, TimeUnit.SECONDS);
        }
        assertThat(held).noneMatch(Future::isComplete);

        holder.query("COMMIT").execute().await(10, TimeUnit.SECONDS);
        for (Future<Row> answer : held) {
            answer.await(10, TimeUnit.SECONDS);
        }
        assertThat(text("SELECT revision::text FROM user_revisions WHERE user_id = 'alice'"))
                .isEqualTo("4");
    }

    @Test
    void at_the_bound_the_next_is_told_so() {
        List<Future<Row>> answers = new CopyOnWriteArrayList<>();
        vertx.runOnContext(here -> {
            for (int i = 0; i < AddBatches.MAX_WAITING + 10; i++) {
                answers.add(add("alice", UUID.randomUUID(), "task"));
            }
        });
        Await.until(() -> answers.size() == AddBatches.MAX_WAITING + 10
                && answers.stream().allMatch(Future::isComplete));

        assertThat(answers.stream().filter(answer -> answer.cause() instanceof StoreUnavailableException))
                .isNotEmpty();
        assertThat(answers.stream().filter(Future::succeeded)).hasSizeGreaterThanOrEqualTo(AddBatches.MAX_WAITING);
    }

    private Future<Row> add(String user, UUID id, String title) {
        NewTask task = new NewTask(
                null, title, null, Priority.HIGH, LocalDate.of(2026, 12, 1), Instant.parse("2026-11-30T08:00:00.123Z"));
        return batches.add(new Caller(user, title, "traceparent"), id, task);
    }

    private String text(String sql) throws TimeoutException {
        return pool.query(sql)
                .execute()
                .await(10, TimeUnit.SECONDS)
                .iterator()
                .next()
                .getString(0);
    }
}
