package io.pakaura.publisher.dapr;

import static io.pakaura.publisher.dapr.RawSidecar.answering;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that are kept in a secret store, with a sidecar that has them or has not. */
class SidecarSecretsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RawSidecar sidecar = new RawSidecar(answering(204, ""));
    private final List<String> faults = new ArrayList<>();

    @AfterEach
    void close() {
        sidecar.close();
    }

    @Test
    void a_secret_is_read_with_the_sidecars_token() {
        sidecar.behave(answeringSecrets(200, "{\"url\": \"p4ss\"}"));
        assertThat(read(Map.of("DAPR_API_TOKEN", "the-token"), "store/db")).contains("p4ss");
        assertThat(sidecar.requests())
                .anyMatch(request -> request.line().equals("GET /v1.0/secrets/store/db HTTP/1.1")
                        && request.has("dapr-api-token: the-token"));
        assertThat(faults).isEmpty();
    }

    @Test
    void of_several_values_the_key_says_which() {
        sidecar.behave(answeringSecrets(200, "{\"user\": \"u\", \"url\": \"p4ss\"}"));
        assertThat(read(Map.of(), "store/db#url")).contains("p4ss");
        assertThat(read(Map.of(), "store/db")).isEmpty();
        assertThat(read(Map.of(), "store/db#none")).isEmpty();
        assertThat(faults)
                .containsExactly(
                        "SETTING is a secret with several values, none of them called like the secret: add #<key>",
                        "SETTING is a secret without a value of that key");
    }

    @Test
    void a_sidecar_that_is_not_ready_yet_is_waited_for() {
        AtomicInteger probes = new AtomicInteger();
        sidecar.behave((connection, request) -> {
            boolean isProbe = request.line().contains("healthz");
            boolean isReady = isProbe ? probes.incrementAndGet() > 2 : probes.get() > 2;
            answering(isProbe && isReady ? 204 : isReady ? 200 : 500, "{\"a\": \"p4ss\"}")
                    .answer(connection, request);
        });
        assertThat(read(Map.of(), "store/db")).contains("p4ss");
        assertThat(probes).hasValue(3);
    }

    @Test
    void a_sidecar_that_is_not_there_is_waited_for_once() {
        sidecar.close();
        long start = System.nanoTime();
        try (SidecarSecrets secrets = secrets(Map.of())) {
            for (String variable : List.of("A", "B", "C")) {
                assertThat(secrets.read(variable, "store/db", this::note)).isEmpty();
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(PATIENCE, PATIENCE.multipliedBy(2));
        assertThat(faults)
                .containsExactly(
                        "A is a secret, and no sidecar was ready within 2 s",
                        "B is a secret, and no sidecar was ready within 2 s",
                        "C is a secret, and no sidecar was ready within 2 s");
    }

    @ParameterizedTest
    @CsvSource({
        "401, ERR_SECRET_STORE_NOT_FOUND, is a secret of a store that the sidecar does not have",
        "500, ERR_SECRET_STORES_NOT_CONFIGURED, is a secret of a store that the sidecar does not have",
        "403, ERR_PERMISSION_DENIED, is a secret that the sidecar may not read",
        "401, '', 'is a secret, and the sidecar wants another DAPR_API_TOKEN'",
        "404, 'p4ss', 'is a secret, and the sidecar''s answer was 404'"
    })
    void what_the_sidecar_says_is_told_without_its_words(int status, String code, String reason) {
        sidecar.behave(answeringSecrets(status, "{\"errorCode\": \"" + code + "\", \"message\": \"p4ss\"}"));
        assertThat(read(Map.of(), "store/db")).isEmpty();
        assertThat(faults).containsExactly("SETTING " + reason);
    }

    @Test
    void a_secret_that_the_store_does_not_have_is_asked_for_three_times() {
        sidecar.behave(answeringSecrets(500, "{\"errorCode\": \"ERR_SECRET_GET\", \"message\": \"p4ss\"}"));
        assertThat(read(Map.of(), "store/db")).isEmpty();
        assertThat(faults)
                .containsExactly(
                        "SETTING is a secret that its store does not have, or cannot read: see the sidecar's log");
        assertThat(sidecar.requests())
                .filteredOn(request -> request.line().contains("secrets"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\": \" \"}"})
    void a_secret_without_a_value_is_a_fault(String body) {
        sidecar.behave(answeringSecrets(200, body));
        assertThat(read(Map.of(), "store/db")).isEmpty();
        assertThat(faults).containsExactly("SETTING is a secret without a value");
    }

    @Test
    void what_is_no_reference_asks_nobody() {
        assertThat(read(Map.of(), "p4ss")).isEmpty();
        assertThat(faults)
                .containsExactly("SETTING must be of the form secret:<store>/<name> or secret:<store>/<name>#<key>");
        assertThat(sidecar.requests()).isEmpty();
    }

    @Test
    void where_the_sidecar_is_cannot_be_a_secret() {
        Map<String, String> environment = Map.of("DAPR_HTTP_PORT", "secret:a/p4ss", "DAPR_API_TOKEN", "secret:a/p4ss");
        assertThat(read(environment, "store/db")).isEmpty();
        try (SidecarSecrets secrets = secrets(Map.of())) {
            assertThat(secrets.read("DAPR_HTTP_HOST", "a/p4ss", this::note)).isEmpty();
        }
        assertThat(faults)
                .containsExactlyInAnyOrder(
                        "DAPR_HTTP_PORT cannot be a secret: it says how secrets are read",
                        "DAPR_API_TOKEN cannot be a secret: it says how secrets are read",
                        "DAPR_HTTP_HOST cannot be a secret: it says how secrets are read");
        assertThat(sidecar.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"p4ss", "0", "65536"})
    void a_port_that_is_none_is_told_by_its_name(String port) {
        assertThat(read(Map.of("DAPR_HTTP_PORT", port), "store/db")).isEmpty();
        assertThat(faults).containsExactly("DAPR_HTTP_PORT must be a whole number from 1 to 65535");
    }

    private static RawSidecar.Behaviour answeringSecrets(int status, String body) {
        return (connection, request) -> {
            boolean isSecret = request.line().contains("/secrets/");
            answering(isSecret ? status : 204, isSecret ? body : "").answer(connection, request);
        };
    }

    private Optional<String> read(Map<String, String> environment, String reference) {
        try (SidecarSecrets secrets = secrets(environment)) {
            return secrets.read("SETTING", reference, this::note);
        }
    }

    private SidecarSecrets secrets(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of("DAPR_HTTP_PORT", Integer.toString(sidecar.port())));
        all.putAll(environment);
        return new SidecarSecrets(all, PATIENCE);
    }

    private void note(String variable, String reason) {
        faults.add(variable + " " + reason);
    }
}
