package io.pakaura.endtoend.dapr;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pakaura.endtoend.dapr.SubscriberApp.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our publisher relies on in Dapr's bulk publish where all goes well. */
abstract class DaprBulkPublishContract extends DaprBulkFailuresContract {

    private static final String FULL =
            """
            {"specversion": "1.0", "id": "%s", "source": "pakaura/test", "type": "test", "subject": "a-task",
             "time": "2026-01-01T00:00:00.123Z", "datacontenttype": "application/json", "partitionkey": "alice",
             "traceid": "correlation-1", "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
             "sequence": "3", "data": {"text": "é <b> & \\u0001 \\u001f \\u2028", "number": 9007199254740991}}""";

    @ParameterizedTest
    @ValueSource(strings = {"/v1.0", "/v1.0-alpha1"})
    void publishesEachEntryOfABulk(String version) {
        String prefix = newId();
        String body = BulkEntry.array(List.of(
                BulkEntry.of(prefix + "1").withKey("alice"),
                BulkEntry.of(prefix + "2").withKey("alice")));
        accepted(publisher.post(version + "/publish/bulk/" + UPDATES, "application/json", body));
        assertThat(delivered(prefix, 2)).extracting(Delivery::id).containsExactly(prefix + "1", prefix + "2");
    }

    @Test
    void doesNotCareForTheContentTypeOfABulk() {
        String id = newId();
        accepted(publisher.post(
                "/v1.0/publish/bulk/" + UPDATES, "text/plain", BulkEntry.array(List.of(BulkEntry.of(id)))));
        assertThat(one(gateway1, id)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void isDoneWithABulkOfNothing(String body) {
        accepted(publisher.publishBulk(UPDATES, body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FULL,
                "{\"id\": \"%s\"}",
                "{\"id\": \"%s\", \"traceparent\": \"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}"
            })
    void publishesACloudEventInABulkAsItDoesAlone(String template) {
        String id = newId();
        String event = template.formatted(id);
        accepted(publisher.publish(UPDATES + KEY + "alice", event));
        accepted(publisher.publishBulk(
                UPDATES, BulkEntry.cloudEvent("entry", event).withKey("alice")));

        List<Delivery> both = delivered(id, 2);
        assertThat(withoutTime(both.get(1).event()))
                .isEqualTo(withoutTime(both.get(0).event()));
        for (String header : List.of("Content-Type", "__key", "partitionKey", "__partition", "traceparent")) {
            assertThat(both.get(1).headers().get(header))
                    .as(header)
                    .isEqualTo(both.get(0).headers().get(header));
        }
    }

    @Test
    void addsNothingToACloudEventThatIsPublishedRaw() throws Exception {
        String id = newId();
        String event = FULL.formatted(id);
        accepted(publisher.publish(UPDATES + RAW + "&metadata.partitionKey=alice", event));
        accepted(publisher.publishBulk(
                UPDATES + RAW, BulkEntry.cloudEvent("entry", event).withKey("alice")));

        assertThat(delivered(id, 2)).allSatisfy(delivery -> {
            assertThat(delivery.event()).isEqualTo(object(event));
            assertThat(delivery.headers().get("Content-Type")).isEqualTo("application/cloudevents+json");
            assertThat(delivery.headers().get("__key")).isEqualTo("alice");
            assertThat(delivery.headers().get("__topic")).isEqualTo("task-updates");
            assertThat(delivery.headers().get("pubsubname")).isEqualTo("pubsub-kafka-broadcast");
        });
        assertThat(delivered(id, 2).get(0).headers().get("traceparent"))
                .startsWith("00-0af7651916cd43dd8448eb211c80319c-");
    }

    @Test
    void heedsTheWishForRawOnlyFromTheRequest() throws Exception {
        String id = newId();
        accepted(publisher.publishBulk(
                UPDATES,
                BulkEntry.cloudEvent("entry", "{\"id\": \"%s\"}".formatted(id)).with(Map.of("rawPayload", "true"))));
        assertThat(one(gateway1, id).event().get("topic").asText()).isEqualTo("task-updates");
    }

    /** Of an event that came without one, it is when the sidecar got it. */
    private static JsonNode withoutTime(JsonNode event) {
        ObjectNode rest = event.deepCopy();
        assertThat(rest.remove("time")).isNotNull();
        return rest;
    }

    @ParameterizedTest
    @CsvSource({
        "12345678901234567, 12345678901234568",
        "12345678901234567890.10, 12345678901234567000",
        "1.50, 1.5",
        "100, 100",
    })
    void makesNumbersOfABulkDoublesWhereASinglePublishKeepsTheirDigits(String sent, String received) {
        String id = newId();
        String event = "{\"id\":\"%s\",\"data\":{\"n\":%s}}".formatted(id, sent);
        accepted(publisher.publish(UPDATES + KEY + "alice", event));
        accepted(publisher.publishBulk(
                UPDATES, BulkEntry.cloudEvent("entry", event).withKey("alice")));
        assertThat(delivered(id, 2).get(0).body()).contains("{\"n\":" + sent + "}");
        assertThat(delivered(id, 2).get(1).body()).contains("{\"n\":" + received + "}");
    }

    @Test
    void sendsEachEntryWhereASinglePublishWithItsKeyGoes() {
        String alone = newId();
        String bulk = newId();
        List<String> users = IntStream.range(0, 12).mapToObj(i -> "user-" + i).toList();
        users.forEach(user -> accepted(publisher.publish(UPDATES + KEY + user, event(alone + user))));
        accepted(publisher.publishBulk(
                UPDATES,
                BulkEntry.array(users.stream()
                        .map(user -> BulkEntry.of(bulk + user).withKey(user))
                        .toList())));
        assertThat(partitionsByKey(delivered(bulk, users.size())))
                .isEqualTo(partitionsByKey(delivered(alone, users.size())))
                .hasSize(users.size());
    }

    private static Map<String, List<Integer>> partitionsByKey(List<Delivery> deliveries) {
        return deliveries.stream()
                .collect(groupingBy(
                        delivery -> delivery.headers().get("__key"), mapping(Delivery::partition, toList())));
    }

    @Test
    void sendsAnEntryToThePartitionThatItNames() {
        String prefix = newId();
        accepted(publisher.publishBulk(
                UPDATES,
                BulkEntry.of(prefix + 2).inPartition(2),
                BulkEntry.of(prefix + 0).inPartition(0),
                BulkEntry.of(prefix + 1).inPartition(1)));
        assertThat(delivered(prefix, 3))
                .allSatisfy(delivery -> assertThat(delivery.id()).isEqualTo(prefix + delivery.partition()));
    }

    @Test
    void keepsTheOrderOfALargeBulkInEachPartitionAndSoOfEachKey() {
        String prefix = newId();
        List<String> ids =
                IntStream.range(0, 600).mapToObj(i -> prefix + (1000 + i)).toList();
        List<BulkEntry> entries = new ArrayList<>();
        ids.forEach(id -> entries.add(BulkEntry.of(id).withKey("user-" + entries.size() % 30)));
        accepted(publisher.publishBulk(UPDATES, BulkEntry.array(entries)));

        List<Delivery> deliveries = delivered(prefix, ids.size());
        assertThat(deliveries).extracting(Delivery::id).containsExactlyInAnyOrderElementsOf(ids);
        Map<Integer, List<String>> byPartition =
                deliveries.stream().collect(groupingBy(Delivery::partition, mapping(Delivery::id, toList())));
        assertThat(byPartition.values()).hasSize(PubSubEnvironment.PARTITIONS).allSatisfy(each -> assertThat(each)
                .isSorted());
    }

    @Test
    void letsTheMetadataOfTheRequestOverruleThoseOfItsEntries() {
        String prefix = newId();
        accepted(publisher.publishBulk(
                UPDATES + KEY + "alice&metadata.more=1",
                BulkEntry.of(prefix + "1").withKey("bob"),
                BulkEntry.of(prefix + "2")));
        assertThat(delivered(prefix, 2)).allSatisfy(delivery -> {
            assertThat(delivery.headers().get("__key")).isEqualTo("alice");
            assertThat(delivery.headers().get("partitionKey")).isEqualTo("alice");
            assertThat(delivery.headers().get("more")).isEqualTo("1");
        });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "text/plain,                          '\"bulk\"',     data,        '\"bulk\"'",
                "application/xml,                     '\"<bulk/>\"',  data,        '\"<bulk/>\"'",
                "application/json,                    '{\"a\": [1]}', data,        '{\"a\": [1]}'",
                "application/json; charset=utf-8,     '\"bulk\"',     data,        '\"bulk\"'",
                "application/json,                    null,           data,        null",
                "application/octet-stream,            '\"YnVsaw==\"', data_base64, '\"YnVsaw==\"'",
            })
    void wrapsAnEntryThatIsNoCloudEvent(String contentType, String event, String attribute, String expected) {
        String id = newId();
        Map<String, String> metadata = Map.of("cloudevent.id", id);
        accepted(publisher.publishBulk(UPDATES, new BulkEntry("entry", contentType, event, metadata)));
        JsonNode received = one(gateway1, id).event();
        assertThat(received.get(attribute)).isEqualTo(json(expected));
        assertThat(received.get("datacontenttype").asText()).isEqualTo(contentType);
        assertThat(received.get("source").asText()).isEqualTo("task-api");
        assertThat(received.get("type").asText()).isEqualTo("com.dapr.event.sent");
    }

    @Test
    void takesAttributesOfAWrappedEventFromTheMetadata() {
        String id = newId();
        Map<String, String> metadata = Map.of(
                "cloudevent.id", id,
                "cloudevent.source", "pakaura/test",
                "cloudevent.type", "test",
                "cloudevent.subject", "a-task",
                "cloudevent.traceparent", "trace");
        accepted(publisher.publish(UPDATES + KEY + "alice&" + query(metadata), "text/plain", "text"));
        accepted(publisher.publishBulk(
                UPDATES + KEY + "alice", new BulkEntry("entry", "text/plain", "\"text\"", metadata)));

        List<Delivery> both = delivered(id, 2);
        assertThat(withoutTime(both.get(0).event()))
                .isEqualTo(withoutTime(both.get(1).event()));
        assertThat(withoutTime(both.get(0).event()))
                .isEqualTo(json(
                        """
                                {"specversion": "1.0", "id": "%s", "source": "pakaura/test", "type": "test",
                                 "subject": "a-task", "traceid": "trace", "traceparent": "trace", "tracestate": "",
                                 "datacontenttype": "text/plain", "data": "text",
                                 "topic": "task-updates", "pubsubname": "pubsub-kafka"}"""
                                .formatted(id)));
    }

    private static String query(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .map(each -> "metadata." + each.getKey() + "=" + each.getValue())
                .collect(joining("&"));
    }
}
