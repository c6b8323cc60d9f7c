package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.TestDatabase;
import io.pakaura.service.Settings;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A statement is planned once a connection, maybe while its table is all but empty, and used when that holds a backlog of
 * millions.
 */
class StatementPlansIT {
    private static final TestDatabase DATABASE = TestDatabase.create()
            .migrated("classpath:io/pakaura/publisher/migrations", "classpath:io/pakaura/taskapi/migrations");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(bigint[]) AS DELETE FROM outbox WHERE id = ANY($1)",
                "(bigint[]) AS SELECT id FROM outbox WHERE id = ANY($1) FOR UPDATE SKIP LOCKED",
                "(int) AS SELECT id FROM outbox WHERE leased_until <= now() ORDER BY leased_until LIMIT $1",
                "(int) AS SELECT epoch, $1 FROM sync_epoch WHERE singleton",
                "(text, uuid) AS SELECT title FROM tasks WHERE user_id = $1 AND id = $2"
            })
    void a_plan_made_for_an_empty_table_reads_no_full_one_from_end_to_end(String statement) throws Exception {
        DatabaseConfig config = DatabaseConfig.read(new Settings(Map.of("DATABASE_URL", DATABASE.url())));
        PgConnection connection =
                PgConnection.connect(vertx, config.connectOptions()).await(10, TimeUnit.SECONDS);
        run(connection, "VACUUM ANALYZE outbox, tasks");
        run(connection, "SET plan_cache_mode = force_generic_plan");
        run(connection, "PREPARE it " + statement);

        String values = statement.startsWith("(int)")
                ? "200"
                : statement.startsWith("(text") ? "'a', gen_random_uuid()" : "'{1,2,3}'";
        assertThat(run(connection, "EXPLAIN EXECUTE it(" + values + ")")).doesNotContain("Seq Scan");
    }

    private static String run(PgConnection connection, String sql) throws TimeoutException {
        StringBuilder answer = new StringBuilder();
        for (Row row : connection.query(sql).execute().await(10, TimeUnit.SECONDS)) {
            answer.append(row.getString(0)).append('\n');
        }
        return answer.toString();
    }
}
