package io.pakaura.endtoend.dapr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pakaura.publisher.dapr.DaprClient;
import io.pakaura.publisher.dapr.DaprConfig;
import io.pakaura.publisher.dapr.SecretRead;
import io.pakaura.publisher.dapr.SidecarFailure;
import io.pakaura.publisher.dapr.SidecarHealth;
import io.pakaura.publisher.dapr.SidecarMetadata;
import io.pakaura.publisher.dapr.StateRead;
import io.pakaura.publisher.dapr.StateStore;
import io.pakaura.publisher.dapr.StateWrite;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State, secrets and introspection through our client, on a real daprd without a broker. */
class DaprStateAndSecretsIT {
    private static final String API_TOKEN = "token-of-the-api";
    private static final Buffer ONE = Buffer.buffer("{\"n\":1}");
    private static final Buffer TWO = Buffer.buffer("{\"n\":2}");
    private static Vertx vertx;
    private static Daprd daprd;
    private static DaprClient client;

    private final StateStore state = client.state(LocalStores.STATE);
    private final String key = "key of " + UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Optional<Path> binary = Daprd.find();
        if (binary.isEmpty()) {
            System.out.println("DaprStateAndSecretsIT " + Daprd.MISSING);
        }
        assumeTrue(binary.isPresent(), Daprd.MISSING);
        Map<String, String> components = LocalStores.of(
                directory,
                """
                {"plain": "p4ss", "db": {"user": "u", "password": "p4ss"}, "team/db": "p5ss"}""");
        daprd = Daprd.launch(
                binary.orElseThrow(), components, new Daprd.Options("task-api", null, null, API_TOKEN, null));
        vertx = Vertx.vertx();
        client = clientWith(API_TOKEN);
        daprd.awaitReady();
    }

    @AfterAll
    static void stop() throws TimeoutException {
        if (daprd != null) {
            client.close();
            vertx.close().await(10, TimeUnit.SECONDS);
            daprd.close();
        }
    }

    @Test
    void a_value_is_there_after_it_is_saved_and_gone_after_it_is_deleted() {
        assertThat(await(state.get(key))).isEqualTo(new StateRead.Absent());
        assertThat(await(state.save(key, ONE))).isEqualTo(new StateWrite.Done());
        assertThat(found().value()).isEqualTo(ONE);
        assertThat(await(state.save(key, TWO))).isEqualTo(new StateWrite.Done());
        assertThat(found().value()).isEqualTo(TWO);
        assertThat(await(state.delete(key))).isEqualTo(new StateWrite.Done());
        assertThat(await(state.delete(key))).isEqualTo(new StateWrite.Done());
        assertThat(await(state.get(key))).isEqualTo(new StateRead.Absent());
    }

    @Test
    void a_version_is_replaced_and_deleted_once() {
        assertThat(await(state.save(key, ONE))).isEqualTo(new StateWrite.Done());
        String first = found().etag();
        assertThat(first).isNotEmpty();
        assertThat(await(state.replace(key, TWO, first))).isEqualTo(new StateWrite.Done());
        assertThat(await(state.replace(key, ONE, first))).isEqualTo(new StateWrite.Conflict(false));
        assertThat(await(state.delete(key, first))).isEqualTo(new StateWrite.Conflict(false));
        assertThat(found().value()).isEqualTo(TWO);
        assertThat(await(state.delete(key, found().etag()))).isEqualTo(new StateWrite.Done());
        assertThat(await(state.delete(key, first))).isEqualTo(new StateWrite.Conflict(false));
    }

    @Test
    void a_value_is_created_once() {
        assertThat(await(state.create(key, ONE))).isEqualTo(new StateWrite.Done());
        assertThat(await(state.create(key, TWO))).isEqualTo(new StateWrite.Conflict(false));
        assertThat(found().value()).isEqualTo(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "é?&=#%2F", "..", "{}"})
    void a_key_may_have_any_characters(String odd) {
        assertThat(await(state.save(odd + key, ONE))).isEqualTo(new StateWrite.Done());
        assertThat(await(state.get(odd + key))).isInstanceOf(StateRead.Found.class);
        assertThat(await(state.delete(odd + key))).isEqualTo(new StateWrite.Done());
        assertThat(await(state.get(odd + key))).isEqualTo(new StateRead.Absent());
    }

    @Test
    void a_store_that_does_not_exist_and_a_value_that_is_no_json_are_refused() {
        assertThat(statusOf(await(client.state("none").save(key, ONE)))).isEqualTo(400);
        assertThat(statusOf(await(state.save(key, Buffer.buffer("garbage"))))).isEqualTo(400);
    }

    @Test
    void secrets_are_read_by_name() {
        assertThat(secret("plain")).isEqualTo(new SecretRead.Found(Map.of("plain", "p4ss")));
        assertThat(secret("db")).isEqualTo(new SecretRead.Found(Map.of("user", "u", "password", "p4ss")));
        assertThat(secret("team/db")).isEqualTo(new SecretRead.Found(Map.of("team/db", "p5ss")));
    }

    @Test
    void a_secret_or_store_that_does_not_exist_is_an_error_of_daprs() {
        assertThat(statusOf(secret("none"))).isEqualTo(500);
        assertThat(statusOf(await(client.secrets("none").get("plain")))).isEqualTo(401);
    }

    @Test
    void the_sidecar_is_ready_and_tells_what_it_has_loaded() {
        assertThat(await(client.health())).isEqualTo(new SidecarHealth.Ready());
        SidecarMetadata.Known known = (SidecarMetadata.Known) await(client.metadata());
        assertThat(known.appId()).isEqualTo("task-api");
        assertThat(known.components())
                .contains(
                        new SidecarMetadata.Component(LocalStores.STATE, "state.in-memory", "v1"),
                        new SidecarMetadata.Component(LocalStores.SECRETS, "secretstores.local.file", "v1"));
    }

    @Test
    void without_the_token_all_but_health_is_refused() {
        DaprClient stranger = clientWith(null);
        assertThat(await(stranger.health())).isEqualTo(new SidecarHealth.Ready());
        assertThat(statusOf(await(stranger.state(LocalStores.STATE).save(key, ONE))))
                .isEqualTo(401);
        assertThat(statusOf(await(stranger.secrets(LocalStores.SECRETS).get("plain"))))
                .isEqualTo(401);
        stranger.close();
    }

    private static DaprClient clientWith(String apiToken) {
        return new DaprClient(vertx, new DaprConfig("127.0.0.1", daprd.port(), apiToken, Duration.ofSeconds(5)));
    }

    private StateRead.Found found() {
        return (StateRead.Found) await(state.get(key));
    }

    private static SecretRead secret(String name) {
        return await(client.secrets(LocalStores.SECRETS).get(name));
    }

    private static int statusOf(StateWrite write) {
        return ((SidecarFailure.Rejected) ((StateWrite.Failed) write).why()).httpStatus();
    }

    private static int statusOf(SecretRead read) {
        return ((SidecarFailure.Rejected) ((SecretRead.Failed) read).why()).httpStatus();
    }

    private static <T> T await(Future<T> result) {
        try {
            return result.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
