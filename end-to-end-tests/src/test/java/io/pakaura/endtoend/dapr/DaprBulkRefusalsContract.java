package io.pakaura.endtoend.dapr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our publisher relies on where daprd refuses a bulk: no entry is published, and none is named. */
abstract class DaprBulkRefusalsContract extends DaprPublishRefusalsContract {

    // Because of an entry

    static Stream<Arguments> entriesThatAreNone() {
        String mismatch = ExpectedErrors.entryNotSerialised("error: mismatch between contentType and event");
        String id = ExpectedErrors.entryIdNotUnique();
        return Stream.of(
                Arguments.of("{\"entryId\": \"2\", \"contentType\": \"text/plain\", \"event\": {}}", mismatch),
                Arguments.of("{\"entryId\": \"2\", \"contentType\": \"text/plain\"}", mismatch),
                Arguments.of(
                        "{\"entryId\": \"2\", \"contentType\": \"application/octet-stream\", \"event\": {}}", mismatch),
                Arguments.of(
                        "{\"entryId\": \"2\", \"contentType\": \"application/vnd.x+json\", \"event\": {}}", mismatch),
                Arguments.of("{\"entryId\": \"2\", \"event\": {}}", mismatch),
                Arguments.of("null", mismatch),
                Arguments.of("{\"entryId\": \"good\", \"contentType\": \"text/plain\", \"event\": \"\"}", id),
                Arguments.of("{\"entryId\": \"\", \"contentType\": \"text/plain\", \"event\": \"\"}", id),
                Arguments.of("{\"contentType\": \"text/plain\", \"event\": \"\"}", id));
    }

    @ParameterizedTest
    @MethodSource("entriesThatAreNone")
    void refusesAllForAnEntryWithoutAnIdOfItsOwnOrWithAnotherContentThanItSays(String bad, String expected) {
        String prefix = newId();
        HttpResponse<String> response = publishAfterGood(prefix, bad);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body())).isEqualTo(json(expected));
        assertNothingPublished(prefix);
    }

    @Test
    void refusesAllForBytesThatAreNotInBase64() {
        String prefix = newId();
        HttpResponse<String> response = publishAfterGood(
                prefix, "{\"entryId\": \"2\", \"contentType\": \"application/octet-stream\", \"event\": \"bulk*\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body()).at("/details/1/reason").asText()).isEqualTo("DAPR_PUBSUB_MARSHAL_ENVELOPE");
        assertNothingPublished(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "1"})
    void refusesAllForAnEntryThatIsNoCloudEventThoughItSaysSo(String event) {
        String prefix = newId();
        HttpResponse<String> response =
                publishAfterGood(prefix, BulkEntry.cloudEvent("2", event).json());
        assertThat(response.statusCode()).isEqualTo(500);
        JsonNode error = json(response.body());
        ObjectNode metadata = (ObjectNode) error.at("/details/1/metadata");
        assertThat(metadata.remove("error").asText()).isNotEmpty();
        assertThat(error).isEqualTo(json(ExpectedErrors.notACloudEvent()));
        assertNothingPublished(prefix);
    }

    /** daprd panics: to the client it looks like a sidecar that died meanwhile. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"entryId\": \"2\", \"contentType\": \"application/cloudevents+json\"}",
                "{\"entryId\": \"2\", \"contentType\": \"application/cloudevents+json\", \"event\": null}"
            })
    void closesTheConnectionForAnEntryWhoseCloudEventIsMissing(String bad) {
        String prefix = newId();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> publishAfterGood(prefix, bad));
        assertNothingPublished(prefix);
    }

    private HttpResponse<String> publishAfterGood(String prefix, String bad) {
        String good = BulkEntry.cloudEvent("good", event(prefix)).json();
        return publisher.publishBulk(UPDATES, "[%s, %s]".formatted(good, bad));
    }

    final void assertNothingPublished(String prefix) {
        awaitAllDelivered();
        assertThat(gateway1.deliveriesOf(prefix)).isEmpty();
    }

    // Because of the request

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "[{\"entryId\":",
                "{}",
                "\"text\"",
                "[1]",
                "[[]]",
                "[{\"entryId\": 1}]",
                "[{\"metadata\": {\"partitionKey\": 1}}]",
                "[{\"event\": {\"data\": 1e400}}]"
            })
    void refusesABodyThatIsNoArrayOfEntries(String body) {
        HttpResponse<String> response = publisher.publishBulk(UPDATES, body);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = json(response.body());
        JsonNode expected = json(ExpectedErrors.entriesNotRead(""));
        assertThat(error.get("errorCode")).isEqualTo(expected.get("errorCode"));
        // What follows is told in the words of a parser.
        assertThat(error.get("message").asText())
                .startsWith(expected.get("message").asText())
                .isNotEqualTo(expected.get("message").asText());
        assertThat(error.at("/details/1")).isEqualTo(expected.at("/details/1"));
    }

    @Test
    void refusesABulkOverFourMebibytes() {
        HttpResponse<String> response =
                publisher.publishBulk(UPDATES, BulkEntry.cloudEvent("1", "\"" + "x".repeat(4 << 20) + "\""));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response.body())).isEqualTo(json(ExpectedErrors.entriesNotRead("stream too large")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "pubsub-kafka-broadcast"})
    void doesNotFindAComponentForABulkThatIsMissingOrNotForThisApp(String component) {
        HttpResponse<String> response = publisher.publishBulk(component + "/task-updates", BulkEntry.of(newId()));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response.body())).isEqualTo(json(ExpectedErrors.componentNotFound(component)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubsub-kafka/", "pubsub-kafka"})
    void takesABulkWithoutATopicForASinglePublishToAComponentBulk(String target) {
        HttpResponse<String> response = publisher.publishBulk(target, BulkEntry.of(newId()));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response.body())).isEqualTo(json(ExpectedErrors.componentNotFound("bulk")));
    }

    @Test
    void refusesRawPayloadThatIsNoBoolean() {
        String target = UPDATES + "?metadata.rawPayload=perhaps";
        for (HttpResponse<String> response : List.of(
                publisher.publish(target, event(newId())), publisher.publishBulk(target, BulkEntry.of(newId())))) {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response.body())).isEqualTo(json(ExpectedErrors.noBoolean("perhaps")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1.0", "/v1.0-alpha1"})
    void wantsItsTokenForABulk(String version) {
        HttpResponse<String> refused = new Publisher(publisher.port(), null)
                .post(version + "/publish/bulk/" + UPDATES, "application/json", "[]");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo("invalid api token\n");
    }
}
