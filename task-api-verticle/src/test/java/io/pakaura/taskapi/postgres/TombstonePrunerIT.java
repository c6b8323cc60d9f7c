package io.pakaura.taskapi.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TombstonePrunerIT {
    private static final TestDatabase DATABASE = TestDatabase.create()
            .migrated("classpath:io/pakaura/publisher/migrations", "classpath:io/pakaura/taskapi/migrations");

    private final Vertx vertx = Vertx.vertx();
    private final Pool pool = DATABASE.pool(vertx);
    private final TombstonePruner pruner = new TombstonePruner(vertx, pool, Duration.ofDays(30));

    @BeforeEach
    void deletions() throws TimeoutException {
        run("TRUNCATE task_tombstones, user_revisions");
        run("INSERT INTO user_revisions (user_id, revision) VALUES ('alice', 2000), ('bob', 5), ('carol', 1)");
        run(
                """
                INSERT INTO task_tombstones
                SELECT 'alice', gen_random_uuid(), n, now() - interval '31 days' FROM generate_series(1, 1200) n
                UNION ALL SELECT 'alice', gen_random_uuid(), 1900, now() - interval '29 days'
                UNION ALL SELECT 'bob', gen_random_uuid(), 3, now() - interval '40 days'
                UNION ALL SELECT 'carol', gen_random_uuid(), 1, now()
                """);
    }

    @AfterEach
    void stop() throws TimeoutException {
        pool.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void old_deletions_are_forgotten_and_deltas_from_before_them_refused() throws Exception {
        assertThat(pruner.prune().await(30, TimeUnit.SECONDS)).isEqualTo(1201);

        assertThat(number("SELECT count(*) FROM task_tombstones")).isEqualTo(2);
        assertThat(minRevision("alice")).isEqualTo(1200);
        assertThat(minRevision("bob")).isEqualTo(3);
        assertThat(minRevision("carol")).isZero();
    }

    @Test
    void several_at_once_do_it_once_and_without_a_deadlock() throws Exception {
        Future<Long> first = pruner.prune();
        Future<Long> second = new TombstonePruner(vertx, pool, Duration.ofDays(30)).prune();

        long pruned = first.await(30, TimeUnit.SECONDS) + second.await(30, TimeUnit.SECONDS);

        assertThat(pruned + pruner.prune().await(30, TimeUnit.SECONDS)).isEqualTo(1201);
        assertThat(minRevision("alice")).isEqualTo(1200);
    }

    private long minRevision(String user) throws TimeoutException {
        return number("SELECT min_revision FROM user_revisions WHERE user_id = '" + user + "'");
    }

    private long number(String sql) throws TimeoutException {
        return pool.query(sql)
                .execute()
                .await(10, TimeUnit.SECONDS)
                .iterator()
                .next()
                .getLong(0);
    }

    private void run(String sql) throws TimeoutException {
        pool.query(sql).execute().await(10, TimeUnit.SECONDS);
    }
}
