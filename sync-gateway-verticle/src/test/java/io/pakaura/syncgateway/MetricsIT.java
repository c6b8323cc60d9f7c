package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static io.pakaura.syncgateway.GatewayFixture.taskEvent;
import static io.pakaura.syncgateway.GatewayFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class MetricsIT {
    private static List<String> metrics(GatewayFixture fixture) {
        return fixture.get(fixture.gateway.opsPort(), "/metrics")
                .bodyAsString()
                .lines()
                .toList();
    }

    /** Whether a metric's value, by its name and labels, is as it should be. */
    static boolean has(GatewayFixture fixture, String metric, DoublePredicate value) {
        return metrics(fixture).stream()
                .filter(line -> line.startsWith(metric + " "))
                .anyMatch(line -> value.test(Double.parseDouble(line.substring(metric.length() + 1))));
    }

    @Test
    void sockets_users_deliveries_and_ends_are_counted(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client first = fixture.welcomed("alice");
        Client second = fixture.welcomed("alice");
        fixture.welcomed("bob");
        await(fixture.deliver(taskEvent("alice", 1)));
        first.expect("sync.task");
        second.expect("sync.task");
        assertThat(metrics(fixture)).contains("sync_sockets 3.0", "sync_users 2.0", "sync_deliveries_total 2.0");

        first.hello(token("alice"));
        assertThat(first.closeCode()).isEqualTo(4400);
        await(second.socket.close());
        Await.until(() -> metrics(fixture).contains("sync_sockets 1.0"));
        assertThat(metrics(fixture))
                .contains(
                        "sync_users 1.0",
                        "sync_closes_total{code=\"4400\"} 1.0",
                        "sync_closes_total{code=\"none\"} 1.0",
                        "sync_closes_total{code=\"4408\"} 0.0",
                        "sync_slow_readers_total 0.0");
    }

    @Test
    void an_events_age_is_measured_when_it_is_written(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.welcomed("alice");
        await(fixture.deliver(
                taskEvent("alice", 1).replace("{\"data\"", "{\"time\":\"2026-11-21T00:00:00.000Z\",\"data\"")));
        await(fixture.deliver(taskEvent("alice", 2).replace("{\"data\"", "{\"time\":\"soon\",\"data\"")));
        client.expect("sync.task");
        client.expect("sync.task");
        assertThat(metrics(fixture)).contains("sync_delay_seconds_count 1");
    }
}
