package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.RestClient;
import io.pakaura.publisher.testing.RestClient.Response;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator sees, and what clients see while an operator is at work. */
class OperationsIT {
    private final ExecutorService clients = Executors.newFixedThreadPool(100);

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    @Test
    void prometheus_reads_requests_by_route_and_nobody_can_make_up_a_route() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of("RATE_LIMIT_PER_SECOND", "0"))) {
            create(api);
            api.send("alice", "GET", "/tasks/018f4e9c-58c5-7c3e-9f0a-3d1f0a5b7c11", "");
            for (int i = 0; i < 20; i++) {
                api.send("alice", "GET", "/made/up/" + i, "");
                api.send("alice", "BREW" + i, "/tasks", "");
            }

            String metrics = metrics(api);

            assertThat(metrics)
                    .contains(
                            series("POST", "SUCCESS", 201, "/tasks") + " 1",
                            series("GET", "CLIENT_ERROR", 404, "/tasks/{id}") + " 1",
                            series("OTHER", "CLIENT_ERROR", 404, "OTHER") + " 20",
                            series("OTHER", "CLIENT_ERROR", 405, "OTHER") + " 20",
                            "http_server_requests_seconds_bucket{",
                            "db_client_connections ",
                            "db_client_statements_in_flight 0.0",
                            "db_client_statements_seconds_count ",
                            "event_loop_lag_seconds_max ",
                            "http_server_unread_bytes 0.0",
                            "jvm_memory_used_bytes")
                    .doesNotContain("BREW", "made");
            assertThat(metrics.lines().filter(line -> line.startsWith("http_server_requests_seconds_count")))
                    .hasSize(4);
        }
    }

    private static String series(String method, String outcome, int status, String route) {
        return "http_server_requests_seconds_count{method=\"%s\",outcome=\"%s\",status=\"%d\",uri=\"%s\"}"
                .formatted(method, outcome, status, route);
    }

    @Test
    void while_the_database_is_away_readiness_says_so_and_requests_are_told_in_time_to_come_back() throws Exception {
        Vertx vertx = Vertx.vertx();
        FreezableProxy proxy = new FreezableProxy(
                vertx, io.pakaura.publisher.testing.TestDatabase.create().port());
        try (ApiFixture api = new ApiFixture(Map.of(), proxy.port())) {
            assertThat(ready(api)).isEqualTo(200);

            proxy.stop();

            long start = System.nanoTime();
            Response refused = create(api);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(ready(api)).isEqualTo(503);
            assertThat(api.send("alice", "GET", "/nowhere", "").status()).isEqualTo(404);

            proxy.listen();
            Await.until(() -> ready(api) == 200);
            assertThat(create(api).status()).isEqualTo(201);
        }
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void a_database_that_says_nothing_is_not_ready_and_holds_up_the_end_for_seconds_only() throws Exception {
        Vertx vertx = Vertx.vertx();
        FreezableProxy proxy = new FreezableProxy(
                vertx, io.pakaura.publisher.testing.TestDatabase.create().port());
        ApiFixture api = new ApiFixture(Map.of("DAPR_ENABLED", "true", "DAPR_HTTP_PORT", "9"), proxy.port());
        create(api);
        proxy.silence();

        assertThat(ready(api)).isEqualTo(503);
        CompletableFuture<Response> inFlight = CompletableFuture.supplyAsync(() -> create(api), clients);
        long start = System.nanoTime();
        api.api.close().await(30, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(14));
        assertThat(inFlight).isDone();
        vertx.close();
    }

    @Test
    void one_user_s_many_requests_leave_connections_for_the_others() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of("DATABASE_POOL_SIZE", "4"))) {
            create(api);
            Lock lock = Lock.onRevisionOf("alice", api);
            try {
                List<CompletableFuture<Response>> waiting = IntStream.range(0, 30)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> create(api), clients))
                        .toList();
                Await.until(() -> metrics(api).contains("db_client_statements_in_flight 1.0"));

                long start = System.nanoTime();
                assertThat(api.send("bob", "POST", "/tasks", "{\"title\": \"a\"}")
                                .status())
                        .isEqualTo(201);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
                assertThat(waiting).noneMatch(CompletableFuture::isDone);
                List<Response> answers =
                        waiting.stream().map(CompletableFuture::join).toList();
                assertThat(answers).extracting(Response::status).contains(429).isSubsetOf(429, 503);
                assertThat(answers)
                        .extracting(answer -> answer.header("Retry-After"))
                        .containsOnly("1");
            } finally {
                lock.release();
            }
        }
    }

    @Test
    void an_exhausted_pool_answers_503_at_once_to_those_it_has_no_room_for() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of("DATABASE_POOL_SIZE", "1"))) {
            create(api);
            Lock lock = Lock.onTasks(api);
            try {
                List<CompletableFuture<Response>> waiting = IntStream.range(0, 90)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> createAs("user-" + i, api), clients))
                        .toList();

                Await.until(
                        Duration.ofSeconds(2),
                        () -> waiting.stream().filter(CompletableFuture::isDone).count() >= 20);
                List<Response> answers =
                        waiting.stream().map(CompletableFuture::join).toList();
                assertThat(answers).extracting(Response::status).containsOnly(503);
                assertThat(answers)
                        .extracting(answer -> answer.header("Retry-After"))
                        .containsOnly("1");
            } finally {
                lock.release();
            }
            Await.until(() -> create(api).status() == 201);
        }
    }

    @Test
    void at_its_end_it_answers_what_is_in_flight_and_takes_nothing_new() throws Exception {
        ApiFixture api = new ApiFixture(Map.of());
        create(api);
        Lock lock = Lock.onTasks(api);
        CompletableFuture<Response> inFlight = CompletableFuture.supplyAsync(() -> create(api), clients);
        Await.until(() -> metrics(api).contains("db_client_statements_in_flight 1.0"));

        Future<Void> closing = api.api.close();

        Await.until(() -> refusesConnections(api));
        assertThat(inFlight).isNotDone();
        lock.release();
        assertThat(inFlight.get(10, TimeUnit.SECONDS).status()).isEqualTo(201);
        closing.await(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> create(api)).isInstanceOf(UncheckedIOException.class);
        api.vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static boolean refusesConnections(ApiFixture api) {
        try (java.net.Socket socket =
                new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), api.api.httpPort())) {
            return socket.getInputStream().read() < 0;
        } catch (java.io.IOException refused) {
            return true;
        }
    }

    private static Response create(ApiFixture api) {
        return createAs("alice", api);
    }

    private static Response createAs(String user, ApiFixture api) {
        return api.send(user, "POST", "/tasks", "{\"title\": \"a\"}");
    }

    private static int ready(ApiFixture api) {
        return operations(api, "/health/ready").status();
    }

    private static String metrics(ApiFixture api) {
        return operations(api, "/metrics").http().body();
    }

    private static Response operations(ApiFixture api, String path) {
        RestClient client = new RestClient("http://127.0.0.1:" + api.api.opsPort());
        HttpRequest.Builder request = client.request(path).GET();
        return client.send(request);
    }

    /** Holds the table, so that every statement waits. */
    private record Lock(Pool pool, SqlConnection connection) {
        static Lock onTasks(ApiFixture api) throws Exception {
            Pool pool = api.database.pool(api.vertx);
            SqlConnection connection = pool.getConnection().await(10, TimeUnit.SECONDS);
            connection.begin().await(10, TimeUnit.SECONDS);
            connection
                    .query("LOCK TABLE tasks IN ACCESS EXCLUSIVE MODE")
                    .execute()
                    .await(10, TimeUnit.SECONDS);
            return new Lock(pool, connection);
        }

        /** Holds the user's counter, so that the user's writers wait. */
        static Lock onRevisionOf(String user, ApiFixture api) throws Exception {
            Pool pool = api.database.pool(api.vertx);
            SqlConnection connection = pool.getConnection().await(10, TimeUnit.SECONDS);
            connection.begin().await(10, TimeUnit.SECONDS);
            connection
                    .query("SELECT FROM user_revisions WHERE user_id = '" + user + "' FOR UPDATE")
                    .execute()
                    .await(10, TimeUnit.SECONDS);
            return new Lock(pool, connection);
        }

        void release() throws Exception {
            connection.query("ROLLBACK").execute().await(10, TimeUnit.SECONDS);
            pool.close().await(10, TimeUnit.SECONDS);
        }
    }
}
