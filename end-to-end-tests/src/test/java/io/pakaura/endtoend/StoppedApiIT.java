package io.pakaura.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.daprstandin.Broker;
import io.pakaura.daprstandin.BrokerConfig;
import io.pakaura.daprstandin.DaprStandIn;
import io.pakaura.daprstandin.DaprStandInConfig;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.ChildProcess;
import io.pakaura.publisher.testing.RestClient;
import io.pakaura.publisher.testing.TestDatabase;
import io.pakaura.publisher.testing.TestTokens;
import io.pakaura.service.Settings;
import io.pakaura.syncgateway.SyncGateway;
import io.pakaura.syncgateway.SyncGatewayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task API that goes away, as the clients of a gateway hear of it: the API is a process, the rest is here. */
class StoppedApiIT {
    private static final int PARTITIONS = 3;
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(15);
    private static final Pattern SERVES = Pattern.compile(" on port (\\d+), .*operations on port \\d+");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void clients_hear_of_it_within_fifteen_seconds_and_of_its_return() {
        Broker broker = await(Broker.open(vertx, BrokerConfig.inMemory().withPartitions(PARTITIONS)));
        SyncGateway gateway = startGateway(broker);
        RestClient operations = new RestClient("http://127.0.0.1:" + gateway.opsPort());
        String token = TestTokens.sign("alice");
        try (ChildProcess api = startApi(broker)) {
            RestClient client =
                    new RestClient("http://127.0.0.1:" + api.awaitLine(SERVES).group(1));
            Await.until(() -> isReady(operations));
            try (SyncSocket early = SyncSocket.welcomed(gateway.httpPort(), token)) {
                client.send(token, "POST", "/tasks", "{\"title\": \"ready is ready\"}");
                Await.until(() -> early.revisions().equals(List.of(1L)));

                api.pause();
                Await.until(TOLD_WITHIN, () -> heard(early, "sync.stale"));
                assertThat(isReady(operations)).isTrue();
                try (SyncSocket late = SyncSocket.welcomed(gateway.httpPort(), token)) {
                    Await.until(() -> heard(late, "sync.stale"));

                    api.resume();
                    Await.until(() -> heard(early, "sync.resync") && heard(late, "sync.resync"));
                    client.send(token, "POST", "/tasks", "{\"title\": \"it goes on\"}");
                    Await.until(() -> late.revisions().equals(List.of(2L)));
                }
                Await.until(() -> early.revisions().equals(List.of(1L, 2L)));
                assertThat(early.ofType("sync.stale")).hasSize(1);
            }
        }
        await(gateway.close());
    }

    private static boolean heard(SyncSocket socket, String type) {
        return !socket.ofType(type).isEmpty();
    }

    private static boolean isReady(RestClient operations) {
        return operations.send(operations.request("/health/ready").GET()).status() == 200;
    }

    private ChildProcess startApi(Broker broker) {
        DaprStandIn sidecar = await(DaprStandIn.start(vertx, broker, DaprStandInConfig.of("task-api")));
        ProcessBuilder java =
                ChildProcess.java(List.of("-Xmx256m", "-jar", "../task-api-verticle/target/task-api-verticle.jar"));
        java.environment().putAll(settings());
        java.environment().put("DATABASE_URL", TestDatabase.create().url());
        java.environment().put("DAPR_ENABLED", "true");
        java.environment().put("DAPR_HTTP_PORT", Integer.toString(sidecar.port()));
        java.environment().put("TASK_UPDATES_PARTITIONS", Integer.toString(PARTITIONS));
        return ChildProcess.start("task-api", java);
    }

    private SyncGateway startGateway(Broker broker) {
        SyncGateway gateway = await(SyncGateway.start(vertx, SyncGatewayConfig.read(new Settings(settings()))));
        DaprStandInConfig sidecar = DaprStandInConfig.of("sync-gateway")
                .withBroadcast("pod-1")
                .withApp(new DaprStandInConfig.App("127.0.0.1", gateway.opsPort(), null));
        assertThat(await(DaprStandIn.start(vertx, broker, sidecar)).port()).isPositive();
        return gateway;
    }

    private static Map<String, String> settings() {
        return new HashMap<>(Map.of(
                "HTTP_HOST", "127.0.0.1",
                "HTTP_PORT", "0",
                "OPS_HOST", "127.0.0.1",
                "OPS_PORT", "0",
                "JWT_SECRET", TestTokens.SECRET));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
