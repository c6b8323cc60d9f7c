package io.pakaura.endtoend.dapr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pakaura.endtoend.dapr.SubscriberApp.Delivery;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What our services rely on in Dapr's pub/sub HTTP API. It runs against real sidecars and against the stand-in, so that
 * what works on the one works on the other. What is refused, and bulk publish, is in the classes above: one broker
 * and its sidecars serve all of it.
 */
abstract class DaprPubSubContract extends DaprBulkPublishContract {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    // What is published

    @Test
    void keepsEveryAttributeAndExtensionOfACloudEventAndSetsTopicAndComponent() throws Exception {
        String id = newId();
        ObjectNode sent = object(event(id))
                .put("subject", "a-task")
                .put("time", "2026-01-01T00:00:00.123Z")
                .put("traceid", "correlation-1")
                .put("traceparent", TRACEPARENT)
                .put("partitionkey", "alice")
                .put("sequence", "3");
        sent.putObject("data").put("text", "é <b> \u0001").put("large", 12345678901234567L);

        accepted(publisher.publish(UPDATES + KEY + "alice", sent.toString()));

        ObjectNode received = (ObjectNode) one(gateway1, id).event();
        assertThat(received.remove("topic").asText()).isEqualTo("task-updates");
        // Where it was published, not the component of the subscription.
        assertThat(received.remove("pubsubname").asText()).isEqualTo("pubsub-kafka");
        assertThat(received.remove("tracestate").asText()).isEmpty();
        assertThat(received).isEqualTo(sent);
    }

    @Test
    void keepsTheDigitsOfANumberThatNoDoubleHolds() {
        String id = newId();
        accepted(publisher.publish(UPDATES, "{\"id\":\"%s\",\"data\":{\"n\":12345678901234567890.10}}".formatted(id)));
        assertThat(one(gateway1, id).body()).contains("12345678901234567890.10");
    }

    @Test
    void writesTheKeysOfTheEnvelopeInOrderSoThatDataIsFirstAndTypeLast() throws Exception {
        String id = newId();
        accepted(publisher.publish(
                UPDATES, object(event(id)).put("sequence", "1").toString()));
        List<String> keys = new ArrayList<>();
        for (Iterator<String> names = one(gateway1, id).event().fieldNames(); names.hasNext(); ) {
            keys.add(names.next());
        }
        assertThat(keys).isSorted().startsWith("data").endsWith("type");
    }

    @Test
    void escapesWhatGoEscapes() {
        String id = newId();
        accepted(publisher.publish(
                UPDATES, "{\"id\":\"%s\",\"data\":\"é <b> & \\u0001 \\u001f \\u2028\"}".formatted(id)));
        assertThat(one(gateway1, id).body()).contains("\"é \\u003cb\\u003e \\u0026 \\u0001 \\u001f \\u2028\"");
    }

    @Test
    void replacesTheTraceparentOfAnEventWithoutTraceid() throws Exception {
        String id = newId();
        accepted(publisher.publish(
                UPDATES, object(event(id)).put("traceparent", TRACEPARENT).toString()));
        JsonNode received = one(gateway1, id).event();
        assertThat(received.get("traceparent")).isEqualTo(received.get("traceid"));
        assertThat(received.get("traceparent").asText()).isNotEqualTo(TRACEPARENT);
    }

    @Test
    void completesACloudEventThatLacksRequiredAttributes() {
        String id = newId();
        accepted(publisher.publish(UPDATES, "{\"id\":\"%s\"}".formatted(id)));
        JsonNode received = one(gateway1, id).event();
        assertThat(received.get("specversion").asText()).isEqualTo("1.0");
        assertThat(received.get("source").asText()).isEqualTo("Dapr");
        assertThat(received.get("type").asText()).isEqualTo("com.dapr.event.sent");
        assertThat(OffsetDateTime.parse(received.get("time").asText())).isNotNull();
        assertThat(received.has("data")).isFalse();
    }

    @Test
    void takesAContentTypeWithParametersForACloudEvent() {
        String id = newId();
        accepted(publisher.publish(UPDATES, Publisher.CLOUD_EVENT + "; charset=utf-8", event(id)));
        assertThat(one(gateway1, id).event().get("source").asText()).isEqualTo("pakaura/test");
    }

    @Test
    void wrapsJsonInACloudEvent() {
        String mark = newId();
        accepted(publisher.publish(UPDATES, "application/json", "{\"mark\":\"%s\"}".formatted(mark)));
        JsonNode received = wrapped(mark);
        assertThat(received.at("/data/mark").asText()).isEqualTo(mark);
        assertThat(received.get("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(received.get("source").asText()).isEqualTo("task-api");
        assertThat(received.get("type").asText()).isEqualTo("com.dapr.event.sent");
        assertThat(UUID.fromString(received.get("id").asText())).isNotNull();
    }

    @Test
    void wrapsTextInACloudEvent() {
        String mark = newId();
        accepted(publisher.publish(UPDATES, "text/plain", mark));
        assertThat(wrapped(mark).get("data").asText()).isEqualTo(mark);
    }

    @Test
    void wrapsBytesInACloudEvent() {
        String mark = "bytes-mark";
        accepted(publisher.publish(UPDATES, "application/octet-stream", mark));
        assertThat(wrapped("Ynl0ZXMtbWFyaw==").get("data_base64").asText()).isEqualTo("Ynl0ZXMtbWFyaw==");
    }

    // How it is delivered

    @Test
    void deliversAStructuredCloudEventToTheRouteWithTheBrokersHeaders() throws Exception {
        String id = newId();
        String sent = object(event(id))
                .put("traceid", "correlation-1")
                .put("traceparent", TRACEPARENT)
                .toString();

        accepted(publisher.publish(UPDATES + KEY + "alice", sent));

        Delivery delivery = one(gateway1, id);
        assertThat(delivery.route()).isEqualTo("/events/task-updates");
        assertThat(delivery.headers().get("Content-Type")).isEqualTo("application/cloudevents+json");
        assertThat(delivery.headers().get("__key")).isEqualTo("alice");
        assertThat(delivery.headers().get("partitionKey")).isEqualTo("alice");
        assertThat(delivery.headers().get("__topic")).isEqualTo("task-updates");
        assertThat(delivery.headers().get("__partition")).isEqualTo("2");
        assertThat(delivery.headers().get("__offset")).matches("\\d+");
        assertThat(delivery.headers().get("__timestamp")).matches("\\d{13}");
        assertThat(delivery.headers().get("pubsubname")).isEqualTo("pubsub-kafka-broadcast");
        assertThat(delivery.headers().get("traceparent")).isEqualTo(TRACEPARENT);
        assertThat(delivery.headers().get("Content-Length"))
                .isEqualTo(String.valueOf(delivery.body().getBytes(UTF_8).length));
    }

    @Test
    void deliversToThePartitionThatThePublisherNames() {
        String id = newId();
        accepted(publisher.publish(UPDATES + PARTITION + 1, event(id)));
        assertThat(one(gateway1, id).headers().get("__partition")).isEqualTo("1");
        assertThat(one(gateway1, id).headers().contains("__key")).isFalse();
    }

    @Test
    void keepsTheOrderOfAKey() {
        String prefix = newId();
        List<String> ids = IntStream.range(0, 100).mapToObj(i -> prefix + i).toList();
        ids.forEach(id -> accepted(publisher.publish(UPDATES + KEY + prefix, event(id))));
        Await.until(
                () -> "100 events", SOON, () -> gateway1.deliveriesOf(prefix).size() >= ids.size());
        assertThat(gateway1.deliveriesOf(prefix)).extracting(Delivery::id).isEqualTo(ids);
    }

    @Test
    void givesEverythingToEachGroup() {
        String prefix = newId();
        List<String> ids = publishToEachPartition(UPDATES, prefix);
        for (SubscriberApp gateway : List.of(gateway1, gateway2)) {
            Await.until(
                    () -> "an event for each gateway",
                    SOON,
                    () -> gateway.deliveriesOf(prefix).size() >= ids.size());
            assertThat(gateway.deliveriesOf(prefix)).extracting(Delivery::id).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void sharesTheWorkAmongTheMembersOfAGroup() {
        String prefix = newId();
        List<String> ids = publishToEachPartition(EVENTS, prefix);
        Await.until(
                () -> "every event at one replica",
                SOON,
                () -> audit1.deliveriesOf(prefix).size()
                                + audit2.deliveriesOf(prefix).size()
                        >= ids.size());
        assertThat(Stream.of(audit1, audit2).flatMap(app -> app.deliveriesOf(prefix).stream()))
                .extracting(Delivery::id)
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(audit1.deliveriesOf(prefix)).isNotEmpty();
        assertThat(audit2.deliveriesOf(prefix)).isNotEmpty();
    }

    private List<String> publishToEachPartition(String topic, String prefix) {
        List<String> ids = IntStream.range(0, 3 * PubSubEnvironment.PARTITIONS)
                .mapToObj(i -> prefix + i)
                .toList();
        for (int i = 0; i < ids.size(); i++) {
            accepted(publisher.publish(topic + PARTITION + i % PubSubEnvironment.PARTITIONS, event(ids.get(i))));
        }
        return ids;
    }

    @Test
    void showsTheTokenOfTheAppWhereThereIsOne() {
        String id = newId();
        accepted(publisher.publish(UPDATES, event(id)));
        assertThat(one(gateway1, id).headers().get("dapr-api-token")).isEqualTo(PubSubEnvironment.APP_API_TOKEN);
        assertThat(one(gateway2, id).headers().contains("dapr-api-token")).isFalse();
    }

    @Test
    void asksForTheSubscriptionsOnce() {
        assertThat(Stream.of(gateway1, gateway2, audit1, audit2).map(SubscriberApp::subscribeRequests))
                .containsOnly(1);
    }

    // What the app answers

    @Test
    void repeatsAFailedDeliveryWhichHoldsUpItsPartitionAlone() {
        String prefix = newId();
        accepted(publisher.publish(REMINDERS + PARTITION + 0, event(prefix + "retry", "RETRY,SUCCESS")));
        accepted(publisher.publish(REMINDERS + PARTITION + 0, event(prefix + "behind-retry")));
        accepted(publisher.publish(REMINDERS + PARTITION + 1, event(prefix + "500", "500,EMPTY")));
        accepted(publisher.publish(REMINDERS + PARTITION + 1, event(prefix + "behind-500")));
        accepted(publisher.publish(REMINDERS + PARTITION + 2, event(prefix + "elsewhere")));

        Await.until(
                () -> "both events behind",
                SOON,
                () -> !gateway1.deliveriesOf(prefix + "behind-retry").isEmpty()
                        && !gateway1.deliveriesOf(prefix + "behind-500").isEmpty());

        List<String> ids =
                gateway1.deliveriesOf(prefix).stream().map(Delivery::id).toList();
        assertThat(ids.stream().filter(id -> id.endsWith("retry")))
                .containsExactly(prefix + "retry", prefix + "retry", prefix + "behind-retry");
        assertThat(ids.stream().filter(id -> id.endsWith("500")))
                .containsExactly(prefix + "500", prefix + "500", prefix + "behind-500");
        assertThat(ids.indexOf(prefix + "elsewhere")).isLessThan(ids.indexOf(prefix + "behind-retry"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROP", "404", "SUCCESS", "TEXT", "EMPTY", "204"})
    void isDoneWithAnEventAfter(String answer) {
        String prefix = newId();
        accepted(publisher.publish(UPDATES + PARTITION + 0, event(prefix + "first", answer)));
        accepted(publisher.publish(UPDATES + PARTITION + 0, event(prefix + "second")));
        assertThat(one(gateway1, prefix + "second")).isNotNull();
        assertThat(gateway1.deliveriesOf(prefix + "first")).hasSize(1);
    }

    // What it tells about itself

    @Test
    void namesItselfAndItsComponentsInItsMetadata() {
        JsonNode metadata = json(publisher.get("/v1.0/metadata").body());
        assertThat(metadata.get("id").asText()).isEqualTo("task-api");
        assertThat(metadata.get("components").findValuesAsText("name")).containsExactly("pubsub-kafka");
        assertThat(metadata.at("/components/0/type").asText()).isEqualTo("pubsub.kafka");
        assertThat(metadata.get("runtimeVersion").asText()).isNotEmpty();
    }
}
