package io.pakaura.syncgateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.syncgateway.protocol.ClientMessage.Hello;
import io.pakaura.syncgateway.protocol.ClientMessage.Malformed;
import io.pakaura.syncgateway.protocol.ClientMessage.Pong;
import io.pakaura.syncgateway.protocol.ClientMessage.Token;
import io.pakaura.syncgateway.protocol.ClientMessage.Unknown;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.120Z");

    private final MessageCodec codec = new MessageCodec(Json.mapper(), Clock.fixed(NOW, ZoneOffset.UTC));

    private static String event(String type, String rest) {
        return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"" + type + "\"" + rest + "}";
    }

    @Test
    void what_a_client_may_say_is_understood() {
        assertThat(codec.decode(event("sync.hello", ",\"data\":{\"token\":\"t\"}")))
                .isEqualTo(new Hello("t"));
        assertThat(codec.decode(event("sync.token", ",\"data\":{\"token\":\"t\"}")))
                .isEqualTo(new Token("t"));
        assertThat(codec.decode(event("sync.pong", ""))).isEqualTo(new Pong());
        assertThat(codec.decode(event("sync.new", ",\"data\":7"))).isEqualTo(new Unknown("sync.new"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"data\":null", ",\"data\":7", ",\"data\":{}", ",\"data\":{\"token\":7}"})
    void a_hello_without_a_token_has_an_empty_one(String data) {
        assertThat(codec.decode(event("sync.hello", data))).isEqualTo(new Hello(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "\"sync.pong\"",
                "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"s\",\"type\":\"sync.pong\"}",
                "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"s\",\"type\":\"sync.pong\"}",
                "{\"specversion\":\"1.0\",\"id\":7,\"source\":\"s\",\"type\":\"sync.pong\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"sync.pong\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"a\",\"type\":\"b\"}"
            })
    void what_is_not_a_cloud_event_is_malformed(String text) {
        assertThat(codec.decode(text))
                .isInstanceOfSatisfying(Malformed.class, malformed -> assertThat(malformed.reason())
                        .isNotBlank());
    }

    static Stream<Arguments> serverMessages() {
        return Stream.of(
                Arguments.of(
                        new ServerMessage.Welcome("s1", Duration.ofSeconds(25), NOW.plusMillis(880)),
                        "sync.welcome",
                        "{\"session\":\"s1\",\"ping_seconds\":25,\"token_expires_at\":\"2026-03-01T10:00:01.000Z\"}"),
                Arguments.of(
                        new ServerMessage.Resync("why", Duration.ofSeconds(1)),
                        "sync.resync",
                        "{\"reason\":\"why\",\"spread_ms\":1000}"),
                Arguments.of(
                        new ServerMessage.TokenExpiring(NOW),
                        "sync.token-expiring",
                        "{\"expires_at\":\"2026-03-01T10:00:00.120Z\"}"),
                Arguments.of(
                        new ServerMessage.Goaway(Duration.ofMillis(70)), "sync.goaway", "{\"reconnect_after_ms\":70}"));
    }

    @ParameterizedTest
    @MethodSource("serverMessages")
    void what_the_gateway_says_is_a_cloud_event(ServerMessage message, String type, String data)
            throws JsonProcessingException {
        JsonNode event = Json.mapper().readTree(codec.encode(message));
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isNotBlank();
        assertThat(event.path("source").asText()).isNotBlank();
        assertThat(event.path("type").asText()).isEqualTo(type);
        assertThat(event.path("time").asText()).isEqualTo("2026-03-01T10:00:00.120Z");
        assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(event.path("data")).isEqualTo(Json.mapper().readTree(data));
    }

    @Test
    void a_message_without_data_has_none() throws JsonProcessingException {
        JsonNode event = Json.mapper().readTree(codec.encode(new ServerMessage.Ping()));
        assertThat(event.path("type").asText()).isEqualTo("sync.ping");
        assertThat(event.has("data")).isFalse();
        assertThat(event.has("datacontenttype")).isFalse();
    }

    @Test
    void a_token_is_never_printed() {
        assertThat(new Hello("secret").toString() + new Token("secret")).doesNotContain("secret");
    }
}
