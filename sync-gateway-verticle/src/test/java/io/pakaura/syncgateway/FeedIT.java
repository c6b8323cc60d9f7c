package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static io.pakaura.syncgateway.GatewayFixture.heartbeat;
import static io.pakaura.syncgateway.GatewayFixture.taskEvent;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pakaura.publisher.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The listener of the sidecar and of operations. */
@ExtendWith(VertxExtension.class)
class FeedIT {

    @Test
    void the_sidecar_learns_what_to_subscribe(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        JsonArray subscriptions =
                fixture.get(fixture.gateway.opsPort(), "/dapr/subscribe").bodyAsJsonArray();
        assertThat(subscriptions)
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("pubsubname", "pubsub-of-test")
                                .put("topic", "task-updates")
                                .put("route", "/events/task-updates")));
    }

    @Test
    void the_gateway_is_ready_once_the_sidecar_has_subscribed_and_the_feed_is_proved(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> {
            setup.appToken = "our sidecar";
            setup.heartbeats = false;
        });
        int ops = fixture.gateway.opsPort();
        assertThat(fixture.get(ops, "/health/live").statusCode()).isIn(200, 204);
        assertThat(fixture.get(ops, "/dapr/subscribe").statusCode()).isEqualTo(401);
        assertThat(fixture.get(ops, "/health/ready").statusCode()).isEqualTo(503);

        await(fixture.http
                .get(ops, "127.0.0.1", "/dapr/subscribe")
                .putHeader("dapr-api-token", "our sidecar")
                .send());
        assertThat(fixture.isGood("subscribed")).isTrue();
        assertThat(fixture.get(ops, "/health/ready").statusCode()).isEqualTo(503);
        fixture.deliver(heartbeat(0, 1), 0);
        Await.until(() -> fixture.get(ops, "/health/ready").statusCode() == 200);
    }

    @Test
    void only_our_sidecar_may_deliver_and_what_it_delivers_later_is_not_lost(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.appToken = "our sidecar");
        Client client = fixture.welcomed("alice");
        var route = fixture.http.post(fixture.gateway.opsPort(), "127.0.0.1", "/events/task-updates");

        assertThat(await(fixture.deliver(taskEvent("alice", 1))).statusCode()).isEqualTo(401);
        assertThat(await(route.copy()
                                .putHeader("dapr-api-token", "our sidecar?")
                                .sendBuffer(io.vertx.core.buffer.Buffer.buffer(taskEvent("alice", 2))))
                        .statusCode())
                .isEqualTo(403);
        assertThat(await(route.copy()
                                .putHeader("dapr-api-token", "our sidecar")
                                .sendBuffer(io.vertx.core.buffer.Buffer.buffer(taskEvent("alice", 3))))
                        .statusCode())
                .isEqualTo(200);

        assertThat(client.next()).isEqualTo(taskEvent("alice", 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "{\"data\":{\"user_id\":\"alice\",\"revision\":1}}",
                "{\"data\":{\"user_id\":\"alice\"},\"type\":\"sync.task\"}",
                "{\"data\":{\"user_id\":7,\"revision\":1},\"type\":\"sync.task\"}",
                "{\"data\":{\"user_id\":\"alice\",\"revision\":1},\"type\":\"sync.task\"}{}"
            })
    void a_broken_event_is_dropped_and_the_next_is_unharmed(String broken, Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.welcomed("alice");

        var dropped = await(fixture.deliver(broken));
        assertThat(dropped.statusCode()).isEqualTo(200);
        assertThat(dropped.bodyAsJsonObject()).isEqualTo(new JsonObject().put("status", "DROP"));

        await(fixture.deliver(taskEvent("alice", 2)));
        assertThat(client.next()).isEqualTo(taskEvent("alice", 2));
    }

    @Test
    void an_event_that_is_too_large_is_dropped_and_the_next_is_unharmed(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.welcomed("alice");

        var dropped = await(fixture.deliver(taskEvent("alice", 1, "x".repeat(3 << 20))));
        assertThat(dropped.bodyAsJsonObject()).isEqualTo(new JsonObject().put("status", "DROP"));

        await(fixture.deliver(taskEvent("alice", 2)));
        assertThat(client.next()).isEqualTo(taskEvent("alice", 2));
    }

    @Test
    void events_of_other_types_are_taken_and_go_to_nobody(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.welcomed("alice");
        String later = "{\"data\":{\"instance\":\"i\",\"partition\":0,\"user_id\":\"alice\"},\"id\":\"1\","
                + "\"source\":\"s\",\"specversion\":\"1.0\",\"type\":\"sync.later\"}";

        assertThat(await(fixture.deliver(later)).bodyAsJsonObject())
                .isEqualTo(new JsonObject().put("status", "SUCCESS"));

        await(fixture.deliver(taskEvent("alice", 1)));
        assertThat(client.next()).isEqualTo(taskEvent("alice", 1));
    }

    @Test
    void a_broken_event_leaves_one_warning_with_the_fields_it_had(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        var logger = (Logger) LoggerFactory.getLogger("io.pakaura.syncgateway.feed.EventRoute");
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        try {
            await(fixture.deliver(taskEvent("alice", -5)));
        } finally {
            logger.detachAppender(lines);
        }
        List<ILoggingEvent> warnings = lines.list.stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .toList();
        assertThat(warnings).hasSize(1);
        Map<String, Object> fields = warnings.get(0).getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
        assertThat(fields)
                .containsEntry("event_type", "sync.task")
                .containsEntry("topic", "task-updates")
                .containsEntry("user_id", "alice")
                .containsEntry("correlation_id", "corr--5");
    }
}
