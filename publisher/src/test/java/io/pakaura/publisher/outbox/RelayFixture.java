package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pakaura.publisher.EventPublisher;
import io.pakaura.publisher.PublisherConfig;
import io.pakaura.publisher.dapr.DaprClient;
import io.pakaura.publisher.dapr.DaprConfig;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An empty outbox in PostgreSQL and a sidecar that behaves as a test wants; publishers are started by the test. */
final class RelayFixture implements BeforeEachCallback, AfterEachCallback {
    static final UUID EPOCH = UUID.fromString("8a7f5f5e-6d0c-4a53-9a59-2f1d3a1c7b10");
    static final UUID TASK = UUID.fromString("018f4e9c-58c5-7c3e-9f0a-3d1f0a5b7c11");

    private static final TestDatabase DATABASE =
            TestDatabase.create().migrated("classpath:io/pakaura/publisher/migrations");
    private static final String TASK_JSON =
            """
            {"id": "%s", "title": "a", "completed": false, "priority": "none", \
            "created_at": "2026-11-21T10:00:00Z", "updated_at": "2026-11-21T10:00:00Z", "revision": 1}"""
                    .formatted(TASK);

    /** What a service's statement looks like to the publisher. */
    private static final String WRITE =
            """
            WITH change AS (
                SELECT $1::text AS user_id, $2::bigint AS revision, NULL::json AS before, $3::text::json AS after,
                       $3::text::json ->> 'remind_at' IS NOT NULL AS reminds, now() AS changed_at, 'corr' AS correlation_id,
                       '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' AS traceparent
            ) %s
            SELECT %s FROM change %s
            """;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<EventPublisher> publishers = new ArrayList<>();
    private Vertx vertx;
    private Pool pool;
    private FakeSidecar sidecar;

    @Override
    public void beforeEach(ExtensionContext test) throws TimeoutException {
        vertx = Vertx.vertx();
        pool = DATABASE.pool(vertx);
        sidecar = new FakeSidecar(vertx);
        execute("TRUNCATE outbox");
    }

    @Override
    public void afterEach(ExtensionContext test) throws TimeoutException {
        for (EventPublisher publisher : publishers) {
            publisher.close().await(20, TimeUnit.SECONDS);
        }
        pool.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    Vertx vertx() {
        return vertx;
    }

    FakeSidecar sidecar() {
        return sidecar;
    }

    /** One that is enabled, with a publish timeout of 1 s and two partitions. */
    EventPublisher publisher() {
        return publisher(true);
    }

    EventPublisher publisher(boolean enabled) {
        EventPublisher publisher = EventPublisher.start(
                vertx,
                pool,
                new PublisherConfig(enabled, "pubsub-kafka", 2, dapr()),
                () -> Future.succeededFuture(EPOCH),
                meters);
        publishers.add(publisher);
        return publisher;
    }

    /** A relay alone, with bounds of its own; the test closes it. */
    OutboxRelay relay(RelayConfig config) {
        DaprClient dapr = new DaprClient(vertx, dapr());
        EventSender sender = (topic, events) -> dapr.publishAll("pubsub-kafka", topic.topicName(), events);
        return new OutboxRelay(vertx, new PostgresOutbox(pool), sender, config, meters);
    }

    private DaprConfig dapr() {
        return new DaprConfig("127.0.0.1", sidecar.port(), null, Duration.ofSeconds(1));
    }

    /** Commits a change and hands it over. */
    void publish(EventPublisher publisher, String user, long revision) {
        publisher.committed(write(publisher.sql(), user, revision));
    }

    /** Commits changes first, and hands them over together. */
    void publish(EventPublisher publisher, String user, long first, long last) {
        List<OutboxRow> rows = new ArrayList<>();
        for (long revision = first; revision <= last; revision++) {
            rows.add(write(publisher.sql(), user, revision));
        }
        rows.forEach(publisher::committed);
    }

    /** Commits a change that nobody hands over: its process died. */
    OutboxRow write(OutboxSql sql, String user, long revision) {
        try {
            var rows = pool.preparedQuery(WRITE.formatted(sql.insert(), sql.columns(), sql.join()))
                    .execute(Tuple.of(user, revision, TASK_JSON))
                    .await(10, TimeUnit.SECONDS);
            return OutboxSql.read(rows.iterator().next());
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    /** Holds what this statement locks until it is closed. */
    Lock lock(String sql) {
        return new Lock(sql);
    }

    /** A transaction of somebody else. */
    final class Lock implements AutoCloseable {
        private final SqlConnection connection = await(pool.getConnection());

        Lock(String sql) {
            execute("BEGIN");
            execute(sql);
        }

        void execute(String sql) {
            var unused = await(connection.query(sql).execute());
        }

        /** Until a statement that begins so waits for a lock. */
        void awaitWaiter(String sql) {
            Await.until(() ->
                    count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%s%%'"
                                    .formatted(sql))
                            > 0);
        }

        @Override
        public void close() {
            execute("COMMIT");
            var unused = await(connection.close());
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    void endLeases() {
        execute("UPDATE outbox SET leased_until = now()");
    }

    void execute(String sql) {
        try {
            pool.query(sql).execute().await(10, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    /** Revisions that the topic took, in the order in which it did first. */
    List<Long> taken(String topic) {
        return sidecar.taken().stream()
                .filter(event -> event.topic().equals(topic))
                .map(event -> Long.valueOf(event.sequence()))
                .distinct()
                .toList();
    }

    /** But what a slow machine answered too late: nobody can tell whether that was taken. */
    void assertNothingWasTakenTwice() {
        if (published("task-updates", "timeout") + published("task-events", "timeout") == 0) {
            assertThat(sidecar.taken()).extracting(FakeSidecar.Taken::id).doesNotHaveDuplicates();
        }
    }

    /** Requests with this outcome, as the metric counts them. */
    long published(String topic, String outcome) {
        Timer requests = meters.find("outbox.publish")
                .tag("topic", topic)
                .tag("outcome", outcome)
                .timer();
        return requests == null ? 0 : requests.count();
    }

    long rows() {
        return count("SELECT count(*) FROM outbox");
    }

    /** Failed ones of the row that has most. */
    long attempts() {
        return count("SELECT coalesce(max(attempts), 0)::bigint FROM outbox");
    }

    long count(String sql) {
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
