package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.RestClient.Response;
import io.pakaura.publisher.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What happens to the API when something happens to its database. */
class DatabaseFaultsIT {
    @Test
    void connections_that_die_without_a_word_are_given_up_and_replaced() throws Exception {
        Vertx vertx = Vertx.vertx();
        FreezableProxy proxy = new FreezableProxy(vertx, TestDatabase.create().port());
        try (ApiFixture api = new ApiFixture(Map.of(), proxy.port())) {
            assertThat(create(api).status()).isEqualTo(201);

            proxy.freeze();
            Response during = create(api);
            assertThat(during.status()).isEqualTo(503);
            assertThat(during.header("Retry-After")).isNotEmpty();

            Await.until(Duration.ofSeconds(40), () -> create(api).status() == 201);
        }
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void a_column_that_a_newer_version_adds_breaks_nothing() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of())) {
            String path = "/tasks/" + create(api).json().get("id").asText();
            assertThat(everyStatement(api, path)).isTrue();

            sql(api, "ALTER TABLE tasks ADD COLUMN recurrence text; ALTER TABLE outbox ADD COLUMN colour text");

            assertThat(everyStatement(api, path)).isTrue();
        }
    }

    @Test
    void the_server_s_time_zone_is_none_of_ours() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of("DAPR_ENABLED", "true", "DAPR_HTTP_PORT", "9"))) {
            sql(
                    api,
                    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = ''Asia/Tokyo''', current_database()); END $$");
            sql(
                    api,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            Await.until(() -> create(api).status() == 201);

            Response last = api.send(
                    "alice",
                    "POST",
                    "/tasks",
                    "{\"title\": \"a\", \"due_date\": \"9999-12-31\", \"remind_at\": \"9999-12-31T23:59:59Z\"}");

            assertThat(last.json().get("remind_at").asText()).isEqualTo("9999-12-31T23:59:59.000Z");
            Pool pool = api.database.pool(api.vertx);
            String after = pool.query("SELECT after->>'remind_at' FROM outbox ORDER BY id DESC LIMIT 1")
                    .execute()
                    .await(10, TimeUnit.SECONDS)
                    .iterator()
                    .next()
                    .getString(0);
            assertThat(after).isEqualTo("9999-12-31T23:59:59+00:00");
            pool.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static Response create(ApiFixture api) {
        return api.send("alice", "POST", "/tasks", "{\"title\": \"a\"}");
    }

    private static boolean everyStatement(ApiFixture api, String path) {
        return create(api).status() == 201
                && api.send("alice", "GET", path, "").status() == 200
                && api.send("alice", "PATCH", path, "{\"title\": \"" + System.nanoTime() + "\"}")
                                .status()
                        == 200
                && api.send("alice", "GET", "/tasks?sort=due_date", "").status() == 200
                && api.send("alice", "GET", "/tasks/changes?since=0", "").status() == 200
                && api.send("alice", "DELETE", "/tasks?completed=true", "").status() == 200;
    }

    private static void sql(ApiFixture api, String sql) throws Exception {
        Pool pool = api.database.pool(api.vertx);
        pool.query(sql).execute().await(10, TimeUnit.SECONDS);
        pool.close().await(10, TimeUnit.SECONDS);
    }
}
