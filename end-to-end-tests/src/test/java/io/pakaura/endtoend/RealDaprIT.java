package io.pakaura.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.endtoend.dapr.Daprd;
import io.pakaura.endtoend.dapr.KafkaBroker;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.RestClient;
import io.pakaura.publisher.testing.TestDatabase;
import io.pakaura.publisher.testing.TestTokens;
import io.pakaura.service.Service;
import io.pakaura.service.Settings;
import io.pakaura.syncgateway.SyncGateway;
import io.pakaura.syncgateway.SyncGatewayConfig;
import io.pakaura.taskapi.TaskApi;
import io.pakaura.taskapi.TaskApiConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole path on a real daprd beside each service, and a real Kafka broker behind them. */
class RealDaprIT {
    private static final String APP_TOKEN = "app-token";
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void a_change_goes_through_daprd_and_kafka_to_its_user_s_sockets_in_order() throws Exception {
        Optional<Path> daprd = Daprd.find();
        if (daprd.isEmpty()) {
            System.out.println("RealDaprIT " + Daprd.MISSING);
        }
        assumeTrue(daprd.isPresent(), Daprd.MISSING);
        KafkaBroker kafka = started(KafkaBroker.start());
        kafka.createTopics(Map.of("task-updates", 3, "task-events", 3, "reminders", 3));
        SyncGateway gateway = startGateway();
        Daprd apiSidecar =
                started(Daprd.launch(daprd.get(), kafka, new Daprd.Options("task-api", null, null, "secret", null)));
        Daprd gatewaySidecar = started(Daprd.launch(
                daprd.get(), kafka, new Daprd.Options("sync-gateway", gateway.opsPort(), "pod-1", null, APP_TOKEN)));
        List.of(apiSidecar, gatewaySidecar).forEach(Daprd::awaitReady);
        TaskApi api = startTaskApi(apiSidecar.port());
        RestClient client = new RestClient("http://127.0.0.1:" + api.httpPort());

        awaitFeed(gateway);
        String alice = TestTokens.sign("alice");
        try (SyncSocket first = SyncSocket.welcomed(gateway.httpPort(), alice);
                SyncSocket second = SyncSocket.welcomed(gateway.httpPort(), alice);
                SyncSocket bob = SyncSocket.welcomed(gateway.httpPort(), TestTokens.sign("bob"))) {
            JsonNode task = client.send(
                            alice,
                            "POST",
                            "/tasks",
                            "{\"title\": \"Zwölf Boxkämpfer ✓ 😀\", \"due_date\": \"2026-12-01\"}",
                            "X-Correlation-Id",
                            "corr-1")
                    .json();
            for (int i = 0; i < 100; i++) {
                client.send(alice, "PATCH", "/tasks/" + task.get("id").asText(), "{\"title\": \"%d\"}".formatted(i));
            }

            for (SyncSocket socket : List.of(first, second)) {
                Await.until(() -> socket.revisions().size() >= 101);
                assertThat(socket.revisions())
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, 101).boxed().toList());
                JsonNode message = socket.ofType("sync.task").get(0);
                assertThat(message.get("data").get("task")).isEqualTo(task);
                assertThat(message.get("traceid").asText()).isEqualTo("corr-1");
            }
            assertThat(bob.revisions()).isEmpty();

            apiSidecar.process().pause();
            Await.until(Duration.ofSeconds(15), () -> !bob.ofType("sync.stale").isEmpty());
            apiSidecar.process().resume();
            Await.until(() -> !bob.ofType("sync.resync").isEmpty());
        }
    }

    /**
     * A consumer group that is new begins at the log's end, and a heartbeat proves that it has begun: from here on, what
     * is written arrives.
     */
    private static void awaitFeed(SyncGateway gateway) {
        RestClient operations = new RestClient("http://127.0.0.1:" + gateway.opsPort());
        Await.until(
                Duration.ofSeconds(60),
                () -> operations.send(operations.request("/health/ready").GET()).status() == 200);
    }

    private TaskApi startTaskApi(int daprPort) throws Exception {
        Map<String, String> settings = settings();
        settings.put("DATABASE_URL", TestDatabase.create().url());
        settings.put("DAPR_ENABLED", "true");
        settings.put("DAPR_HTTP_PORT", Integer.toString(daprPort));
        settings.put("DAPR_API_TOKEN", "secret");
        settings.put("TASK_UPDATES_PARTITIONS", "3");
        return serving(
                TaskApi.start(vertx, TaskApiConfig.read(new Settings(settings))).await(60, TimeUnit.SECONDS));
    }

    private SyncGateway startGateway() throws Exception {
        Map<String, String> settings = settings();
        settings.put("APP_API_TOKEN", APP_TOKEN);
        return serving(SyncGateway.start(vertx, SyncGatewayConfig.read(new Settings(settings)))
                .await(20, TimeUnit.SECONDS));
    }

    private static Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "HTTP_HOST", "127.0.0.1",
                "HTTP_PORT", "0",
                "OPS_HOST", "127.0.0.1",
                "OPS_PORT", "0",
                "JWT_SECRET", TestTokens.SECRET));
    }

    private <S extends Service> S serving(S service) {
        parts.push(() -> service.close().await(30, TimeUnit.SECONDS));
        return service;
    }

    private <P extends AutoCloseable> P started(P part) {
        parts.push(part);
        return part;
    }
}
