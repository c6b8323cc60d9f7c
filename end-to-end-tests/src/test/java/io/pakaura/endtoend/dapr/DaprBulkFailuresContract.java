package io.pakaura.endtoend.dapr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.endtoend.dapr.SubscriberApp.Delivery;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What our publisher relies on where the broker doesn't take all entries of a bulk: 500 names those that failed in {@code
 * failedEntries}, and all others are published.
 */
abstract class DaprBulkFailuresContract extends DaprBulkRefusalsContract {

    private static final String BIG = "x".repeat(1_000_000);

    // Some entries fail: the others are published

    @Test
    void namesTheEntriesWhosePartitionTheTopicDoesNotHaveAndPublishesTheOthers() {
        String prefix = newId();
        HttpResponse<String> response = publisher.publishBulk(
                UPDATES,
                BulkEntry.of(prefix + "0").inPartition(0),
                BulkEntry.of(prefix + "7").inPartition(7),
                BulkEntry.of(prefix + "1").inPartition(1),
                BulkEntry.of(prefix + "8").inPartition(8));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(response.body()))
                .isEqualTo(json(
                        """
                                {"errorCode": "ERR_PUBSUB_PUBLISH_MESSAGE", "failedEntries": [
                                  {"entryId": "%1$s7", "error": "partition number 7 is out of range, topic has 3 partitions"},
                                  {"entryId": "%1$s8", "error": "partition number 8 is out of range, topic has 3 partitions"}]}
                                """
                                .formatted(prefix)));
        assertThat(response.headers().firstValue("metadata.error"))
                .contains("api error: code = Internal desc = error when publishing to topic task-updates in pubsub"
                        + " pubsub-kafka: kafka: Failed to deliver 2 messages.");
        awaitAllDelivered();
        assertThat(gateway1.deliveriesOf(prefix))
                .extracting(Delivery::id)
                .containsExactlyInAnyOrder(prefix + "0", prefix + "1");
    }

    @Test
    void namesTheEntryThatTheBrokerFindsTooLargeAndKeepsTheOrderOfTheOthers() {
        String prefix = newId();
        HttpResponse<String> response = publisher.publishBulk(
                UPDATES,
                BulkEntry.of(prefix + "1").withKey("alice"),
                BulkEntry.cloudEvent("large", "{\"id\":\"%slarge\",\"data\":\"%s\"}".formatted(prefix, BIG))
                        .withKey("alice"),
                BulkEntry.of(prefix + "2").withKey("alice"));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response.body()).get("failedEntries").findValuesAsText("entryId"))
                .containsExactly("large");
        awaitAllDelivered();
        assertThat(gateway1.deliveriesOf(prefix)).extracting(Delivery::id).containsExactly(prefix + "1", prefix + "2");
    }

    @Test
    void takesARecordOfAMillionBytesAndNotOneMore() {
        String id = newId();
        accepted(publisher.publishBulk(UPDATES, sized(id, 0)));
        // The key is in the record twice, as itself and as a header; the rest is an estimate of Kafka's client.
        int overhead =
                one(gateway1, id).body().length() + "alice".length() + "partitionKey".length() + "alice".length() + 46;
        accepted(publisher.publishBulk(UPDATES, sized(id, 1_000_000 - overhead)));

        HttpResponse<String> response = publisher.publishBulk(UPDATES, sized(id, 1_000_001 - overhead));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response.body()).at("/failedEntries/0/error").asText())
                .isEqualTo("kafka: invalid configuration (Attempt to produce message larger than configured "
                        + "Producer.MaxMessageBytes: 1000001 > 1000000)");
    }

    private static BulkEntry sized(String id, int length) {
        String event = "{\"id\":\"%s\",\"time\":\"2026-01-01T00:00:00Z\",\"data\":\"%s\"}";
        return BulkEntry.cloudEvent("entry", event.formatted(id, "x".repeat(length)))
                .withKey("alice");
    }

    // All fail, by name

    @Test
    void namesAllEntriesForATopicThatTheBrokerRefusesAndAgainInAHeaderThatMayBeLarge() {
        List<String> ids = IntStream.range(0, 200).mapToObj(i -> newId() + i).toList();
        HttpResponse<String> response = publisher.publishBulk(
                "pubsub-kafka/no%20topic%20either",
                BulkEntry.array(ids.stream().map(BulkEntry::of).toList()));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response.body()).get("errorCode").asText()).isEqualTo("ERR_PUBSUB_PUBLISH_MESSAGE");
        // Not their errors: after three of a topic, Kafka's client says "circuit breaker is open" for 10 s.
        assertThat(json(response.body()).get("failedEntries").findValuesAsText("entryId"))
                .isEqualTo(ids);
        // Over 8 KiB, where many clients stop reading.
        assertThat(response.headers().firstValue("metadata.responseData"))
                .hasValueSatisfying(header -> assertThat(header).hasSizeGreaterThan(8 << 10))
                .map(PubSubFixture::json)
                .contains(json(response.body()));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 'partitionNumber must be non-negative, got -1'",
        "x, 'invalid partitionNumber metadata value \"x\": strconv.ParseInt: parsing \"x\": invalid syntax'",
        "2147483648, 'invalid partitionNumber metadata value \"2147483648\": strconv.ParseInt: parsing \"2147483648\":"
                + " value out of range'",
    })
    void namesAllEntriesWhereOneHasAPartitionNumberThatIsNone(String number, String error) {
        String prefix = newId();
        HttpResponse<String> response = publisher.publishBulk(
                UPDATES,
                BulkEntry.of(prefix + "1").inPartition(0),
                BulkEntry.of(prefix + "2").inPartition(number));
        assertThat(response.statusCode()).isEqualTo(500);
        JsonNode failed = json(response.body()).get("failedEntries");
        assertThat(failed.findValuesAsText("entryId")).containsExactly(prefix + "1", prefix + "2");
        assertThat(failed.findValuesAsText("error")).containsExactly(error, error);
        assertNothingPublished(prefix);
    }
}
