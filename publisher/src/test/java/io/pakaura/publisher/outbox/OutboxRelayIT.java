package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.EventPublisher;
import io.pakaura.publisher.PublisherConfig;
import io.pakaura.publisher.dapr.DaprConfig;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxRelayIT {
    private static final TestDatabase DATABASE =
            TestDatabase.create().migrated("classpath:io/pakaura/publisher/migrations");
    private static final String TASK =
            """
            {"id": "018f4e9c-58c5-7c3e-9f0a-3d1f0a5b7c11", "title": "a", "completed": false, "priority": "none", \
            "created_at": "2026-11-21T10:00:00Z", "updated_at": "2026-11-21T10:00:00Z", "revision": 1}""";

    /** What a service's statement looks like to the publisher. */
    private static final String WRITE =
            """
            WITH change AS (
                SELECT $1::text AS user_id, $2::bigint AS revision, NULL::json AS before, $3::text::json AS after,
                       now() AS changed_at, 'corr' AS correlation_id,
                       '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' AS traceparent
            ) %s
            SELECT %s FROM change %s
            """;

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = DATABASE.pool(vertx);
    private final List<EventPublisher> publishers = new ArrayList<>();
    private FakeSidecar sidecar;

    @BeforeEach
    void start() throws TimeoutException {
        sidecar = new FakeSidecar(vertx);
        pool.query("TRUNCATE outbox").execute().await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws TimeoutException {
        for (EventPublisher publisher : publishers) {
            publisher.close().await(20, TimeUnit.SECONDS);
        }
        pool.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void a_committed_row_reaches_its_topics_and_leaves_the_table() throws Exception {
        EventPublisher publisher = publisher(true);

        publisher.committed(write(publisher, "alice", 1));

        Await.until(() -> sidecar.taken().size() == 2);
        assertThat(sidecar.taken())
                .extracting(FakeSidecar.Taken::topic)
                .containsExactlyInAnyOrder("task-updates", "task-events");
        Await.until(() -> rows() == 0);
    }

    @Test
    void a_users_events_keep_their_order() throws Exception {
        EventPublisher publisher = publisher(true);

        for (int revision = 1; revision <= 50; revision++) {
            publisher.committed(write(publisher, "alice", revision));
        }

        Await.until(() -> taken("task-updates").size() == 50);
        assertThat(taken("task-updates").stream().map(Long::valueOf)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void what_a_dead_process_left_behind_is_published_once_its_lease_ran_out() throws Exception {
        EventPublisher writer = publisher(false);
        OutboxRow row = write(new OutboxSql(true), "alice", 1);
        assertThat(row.owed()).isEqualTo(7);
        endLeases();
        writer.close().await(5, TimeUnit.SECONDS);

        publisher(true);

        Await.until(() -> rows() == 0);
        assertThat(sidecar.taken()).hasSize(2);
    }

    @Test
    void a_row_under_lease_is_left_to_its_writer() throws Exception {
        OutboxRow leased = write(new OutboxSql(true), "alice", 1);
        EventPublisher other = publisher(true);

        other.committed(write(other, "alice", 2));

        Await.until(() -> taken("task-updates").contains("2"));
        Await.until(() -> rows() == 1);
        assertThat(taken("task-updates")).doesNotContain("1");
        assertThat(leased.revision()).isEqualTo(1);
    }

    @Test
    void a_topic_that_fails_is_owed_and_repeated_alone_with_the_same_id() throws Exception {
        sidecar.answer("task-events", 500);
        EventPublisher publisher = publisher(true);
        OutboxRow row = write(publisher, "alice", 1);

        publisher.committed(row);
        Await.until(() -> attempts() >= 1);
        sidecar.answer("task-events", 204);

        Await.until(() -> rows() == 0);
        assertThat(sidecar.taken()).extracting(FakeSidecar.Taken::topic).containsExactly("task-updates", "task-events");
        assertThat(sidecar.taken()).extracting(FakeSidecar.Taken::id).doesNotHaveDuplicates();
    }

    @Test
    void a_topic_that_hangs_does_not_repeat_the_others() throws Exception {
        sidecar.answer("task-events", 0);
        EventPublisher publisher = publisher(true);
        for (int revision = 1; revision <= 40; revision++) {
            publisher.committed(write(publisher, "alice", revision));
        }

        // One a second gets its timeout; the rest outlive their leases and are swept again.
        Await.until(Duration.ofSeconds(60), () -> count("SELECT count(*) FROM outbox WHERE owed & 1 = 0") == 40);
        Await.until(Duration.ofSeconds(60), () -> attempts() >= 2);
        sidecar.answer("task-events", 204);

        Await.until(Duration.ofSeconds(60), () -> rows() == 0);
        assertThat(taken("task-updates")).hasSize(40);
        assertThat(taken("task-events")).hasSize(40);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, FakeSidecar.IN_DROPS})
    void a_sidecar_that_never_answers_costs_one_timeout_and_the_row_is_published_later(int answer) throws Exception {
        sidecar.answer("task-updates", answer);
        EventPublisher publisher = publisher(true);

        publisher.committed(write(publisher, "alice", 1));
        Await.until(() -> attempts() >= 1);
        sidecar.answer("task-updates", 204);

        Await.until(() -> rows() == 0);
        assertThat(taken("task-updates")).containsExactly("1");
    }

    @Test
    void a_task_that_cannot_be_read_backs_off_and_holds_up_nobody() throws Exception {
        EventPublisher publisher = publisher(true);
        pool.preparedQuery(
                        """
                        INSERT INTO outbox (user_id, revision, after, changed_at, correlation_id, traceparent, owed, leased_until)
                        VALUES ('alice', 1, '{"id": "not a UUID"}', now(), 'corr', 'none', 7, now())
                        """)
                .execute()
                .await(10, TimeUnit.SECONDS);

        publisher.committed(write(publisher, "alice", 2));

        Await.until(() -> taken("task-updates").contains("2"));
        Await.until(() -> attempts() >= 1 && rows() == 1);
    }

    @Test
    void an_orderly_end_gives_back_what_could_not_be_sent() throws Exception {
        sidecar.answer("task-updates", 0);
        EventPublisher publisher = publisher(true);
        for (int revision = 1; revision <= 20; revision++) {
            publisher.committed(write(publisher, "alice", revision));
        }

        publisher.close().await(20, TimeUnit.SECONDS);

        assertThat(count("SELECT count(*) FROM outbox WHERE leased_until > now() + interval '6 seconds'"))
                .isZero();
        assertThat(rows()).isEqualTo(20);
    }

    @Test
    void two_processes_share_the_work() throws Exception {
        for (int revision = 1; revision <= 300; revision++) {
            assertThat(write(new OutboxSql(true), "user-" + revision % 7, revision))
                    .isNotNull();
        }
        endLeases();

        publisher(true);
        publisher(true);

        Await.until(() -> rows() == 0);
        assertThat(sidecar.taken()).hasSize(600).doesNotHaveDuplicates();
    }

    @Test
    void with_dapr_disabled_no_row_is_written_nor_made_for_a_log_that_nobody_writes() throws Exception {
        EventPublisher publisher = publisher(false);

        assertThat(write(publisher, "alice", 1)).isNull();
        assertThat(rows()).isZero();
    }

    private EventPublisher publisher(boolean enabled) {
        DaprConfig dapr = new DaprConfig("127.0.0.1", sidecar.port(), null, Duration.ofSeconds(1));
        EventPublisher publisher =
                EventPublisher.start(vertx, pool, new PublisherConfig(enabled, "pubsub-kafka", dapr));
        publishers.add(publisher);
        return publisher;
    }

    private OutboxRow write(EventPublisher publisher, String user, long revision) throws TimeoutException {
        return write(publisher.sql(), user, revision);
    }

    private OutboxRow write(OutboxSql sql, String user, long revision) throws TimeoutException {
        var rows = pool.preparedQuery(WRITE.formatted(sql.insert(), sql.columns(), sql.join()))
                .execute(Tuple.of(user, revision, TASK))
                .await(10, TimeUnit.SECONDS);
        return OutboxSql.read(rows.iterator().next());
    }

    private void endLeases() throws TimeoutException {
        pool.query("UPDATE outbox SET leased_until = now()").execute().await(10, TimeUnit.SECONDS);
    }

    private List<String> taken(String topic) {
        return sidecar.taken().stream()
                .filter(event -> event.topic().equals(topic))
                .map(FakeSidecar.Taken::sequence)
                .toList();
    }

    private long rows() {
        return count("SELECT count(*) FROM outbox");
    }

    private long attempts() {
        return count("SELECT coalesce(max(attempts), 0)::bigint FROM outbox");
    }

    private long count(String sql) {
        try {
            return pool.query(sql)
                    .execute()
                    .await(10, TimeUnit.SECONDS)
                    .iterator()
                    .next()
                    .getLong(0);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
