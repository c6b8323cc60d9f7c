package io.pakaura.endtoend.dapr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What our publisher relies on where daprd, or its broker, refuses a single event. */
abstract class DaprPublishRefusalsContract extends PubSubFixture {

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "pubsub-kafka-broadcast"})
    void doesNotFindAComponentThatIsMissingOrNotForThisApp(String component) {
        HttpResponse<String> response = publisher.publish(component + "/task-updates", event(newId()));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(response.body())).isEqualTo(json(ExpectedErrors.componentNotFound(component)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pubsub-kafka/", "pubsub-kafka"})
    void doesNotFindATargetWithoutATopic(String target) {
        HttpResponse<String> response = publisher.publish(target, event(newId()));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response.body()).get("errorCode").asText()).isEqualTo("ERR_DIRECT_INVOKE");
    }

    @Test
    void failsForATopicThatTheBrokerRefuses() {
        assertPublishError(
                publisher.publish("pubsub-kafka/not%20a%20topic", event(newId())),
                "not a topic",
                "kafka server: The request attempted to perform an operation on an invalid topic");
    }

    @Test
    void failsForAPartitionThatTheTopicDoesNotHave() {
        assertPublishError(
                publisher.publish(UPDATES + PARTITION + 7, event(newId())),
                "task-updates",
                "partition number 7 is out of range, topic has 3 partitions");
    }

    @Test
    void failsForABodyOverFourMebibytes() {
        assertPublishError(
                publisher.publish(UPDATES, "{\"data\":\"%s\"}".formatted("x".repeat(4 << 20))),
                "task-updates",
                "stream too large");
    }

    @Test
    void failsForAnEventThatTheBrokerFindsTooLarge() {
        HttpResponse<String> response =
                publisher.publish(UPDATES, "{\"data\":\"%s\"}".formatted("x".repeat(1_000_000)));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response.body()).get("errorCode").asText()).isEqualTo("ERR_PUBSUB_PUBLISH_MESSAGE");
    }

    private static void assertPublishError(HttpResponse<String> response, String topic, String error) {
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(json(response.body())).isEqualTo(json(ExpectedErrors.notPublished(topic, error)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"id\":", "[]", "\"text\""})
    void refusesWhatIsNoCloudEvent(String body) {
        HttpResponse<String> response = publisher.publish(UPDATES, body);
        assertThat(response.statusCode()).isEqualTo(500);
        JsonNode error = json(response.body());
        ObjectNode metadata = (ObjectNode) error.at("/details/1/metadata");
        assertThat(metadata.remove("error").asText()).isNotEmpty();
        assertThat(error).isEqualTo(json(ExpectedErrors.notACloudEvent()));
    }

    /** daprd panics: to the client it looks like a sidecar that died meanwhile. */
    @Test
    void closesTheConnectionForACloudEventThatIsNull() {
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> publisher.publish(UPDATES, "null"));
    }

    @Test
    void wantsItsTokenForAllButHealth() {
        for (Publisher stranger :
                List.of(new Publisher(publisher.port(), null), new Publisher(publisher.port(), "wrong"))) {
            HttpResponse<String> refused = stranger.publish(UPDATES, event(newId()));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).isEqualTo("invalid api token\n");
            assertThat(stranger.get("/v1.0/metadata").statusCode()).isEqualTo(401);
            assertThat(stranger.get("/v1.0/healthz").statusCode()).isEqualTo(204);
            assertThat(stranger.get("/v1.0/healthz/outbound").statusCode()).isEqualTo(204);
        }
    }
}
