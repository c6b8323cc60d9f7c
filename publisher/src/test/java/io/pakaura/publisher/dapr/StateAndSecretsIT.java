package io.pakaura.publisher.dapr;

import static io.pakaura.publisher.dapr.RawSidecar.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** State, secrets and what a sidecar says of itself, with a sidecar that behaves badly. */
class StateAndSecretsIT {
    private static final Duration TRY = Duration.ofMillis(300);
    private static final RetryPolicy SHORT = new RetryPolicy(3, Duration.ofMillis(20), TRY);
    private static final Buffer VALUE = Buffer.buffer("{ \"n\" : 1 }");
    private static Vertx vertx;

    private final RawSidecar sidecar = new RawSidecar(answering(204, ""));
    private SidecarRequests requests;
    private DaprClient client;
    private StateStore state;
    private SecretStore secrets;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void connect() {
        DaprConfig config = new DaprConfig("127.0.0.1", sidecar.port(), "the-token", TRY);
        client = new DaprClient(vertx, config);
        requests = new SidecarRequests(vertx, config);
        PersistentRequests persistent = new PersistentRequests(vertx, requests, SHORT, () -> 0.5);
        state = new StateStore(persistent, "the store");
        secrets = new SecretStore(persistent, "the store");
    }

    @AfterEach
    void close() {
        client.close();
        requests.close();
        sidecar.close();
    }

    @Test
    void what_is_sent_is_what_dapr_documents_with_the_token() {
        List<Future<?>> calls = List.of(
                state.get("a/b"),
                state.save("k", VALUE),
                state.create("k", VALUE),
                state.replace("k", VALUE, "7"),
                state.delete("k"),
                state.delete("k", "7"),
                secrets.get("s/t"),
                client.health(),
                client.metadata());
        Future.join(calls)
                .otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        assertThat(sidecar.requests())
                .hasSize(calls.size())
                .allMatch(request -> request.has("dapr-api-token: the-token"));
        assertThat(sidecar.requests().stream().map(request -> request.line() + " " + request.body()))
                .containsExactlyInAnyOrder(
                        "GET /v1.0/state/the%20store/a%2Fb HTTP/1.1 ",
                        "POST /v1.0/state/the%20store HTTP/1.1 [{\"key\":\"k\",\"value\":{ \"n\" : 1 }}]",
                        "POST /v1.0/state/the%20store HTTP/1.1 [{\"key\":\"k\","
                                + "\"options\":{\"concurrency\":\"first-write\"},\"value\":{ \"n\" : 1 }}]",
                        "POST /v1.0/state/the%20store HTTP/1.1 [{\"key\":\"k\","
                                + "\"options\":{\"concurrency\":\"first-write\"},\"etag\":\"7\",\"value\":{ \"n\" : 1 }}]",
                        "DELETE /v1.0/state/the%20store/k HTTP/1.1 ",
                        "DELETE /v1.0/state/the%20store/k?concurrency=first-write HTTP/1.1 ",
                        "GET /v1.0/secrets/the%20store/s%2Ft HTTP/1.1 ",
                        "GET /v1.0/healthz/outbound HTTP/1.1 ",
                        "GET /v1.0/metadata HTTP/1.1 ");
        assertThat(sidecar.requests())
                .filteredOn(request -> request.has("if-match: 7"))
                .hasSize(1);
    }

    @Test
    void a_value_comes_with_its_version_if_the_store_has_them() {
        sidecar.behave(answering(200, "ETag: 7\r\n", "[1]"));
        assertThat(await(state.get("k"))).isEqualTo(new StateRead.Found(Buffer.buffer("[1]"), "7"));
        sidecar.behave(answering(200, "[1]"));
        assertThat(await(state.get("k"))).isEqualTo(new StateRead.Found(Buffer.buffer("[1]"), ""));
        sidecar.behave(answering(204, ""));
        assertThat(await(state.get("k"))).isEqualTo(new StateRead.Absent());
    }

    @Test
    void a_version_without_a_name_is_a_conflict_and_no_request() {
        assertThat(await(state.replace("k", VALUE, " "))).isEqualTo(new StateWrite.Conflict(false));
        assertThat(await(state.delete("k", ""))).isEqualTo(new StateWrite.Conflict(false));
        assertThat(sidecar.requests()).isEmpty();
    }

    @Test
    void what_cannot_be_a_header_is_a_result_too() {
        assertThat(await(state.delete("k", "a\r\nb"))).isInstanceOf(StateWrite.Failed.class);
        assertThat(sidecar.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 302})
    void what_is_about_the_request_is_not_tried_again(int status) {
        sidecar.behave(answering(status, "why"));
        assertThat(await(state.save("k", VALUE)))
                .isEqualTo(new StateWrite.Failed(new SidecarFailure.Rejected(status, "", "why")));
        assertThat(sidecar.requests()).hasSize(1);
    }

    static Stream<RawSidecar.Behaviour> failures() {
        return Stream.of(
                answering(500, "why"),
                answering(503, ""),
                RawSidecar.hanging(),
                (connection, request) -> connection.close());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void what_may_pass_is_tried_three_times(RawSidecar.Behaviour failure) {
        sidecar.behave(failure);
        assertThat(await(state.get("k"))).isInstanceOf(StateRead.Failed.class);
        assertThat(sidecar.requests()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void what_passes_is_a_success(RawSidecar.Behaviour failure) {
        sidecar.behave(times(2, failure, answering(200, "[1]")));
        assertThat(await(state.get("k"))).isEqualTo(new StateRead.Found(Buffer.buffer("[1]"), ""));
        assertThat(sidecar.requests()).hasSize(3);
    }

    @Test
    void a_conflict_on_the_first_try_is_somebody_elses() {
        sidecar.behave(answering(409, ""));
        assertThat(await(state.replace("k", VALUE, "7"))).isEqualTo(new StateWrite.Conflict(false));
        assertThat(sidecar.requests()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_conflict_on_a_later_try_may_come_from_the_try_before(RawSidecar.Behaviour failure) {
        sidecar.behave(times(1, failure, answering(409, "")));
        assertThat(await(state.create("k", VALUE))).isEqualTo(new StateWrite.Conflict(true));
        sidecar.behave(times(1, failure, answering(409, "")));
        assertThat(await(state.delete("k", "7"))).isEqualTo(new StateWrite.Conflict(true));
    }

    @Test
    void tries_that_hang_and_the_time_between_them_are_bounded() {
        sidecar.behave(RawSidecar.hanging());
        long start = System.nanoTime();
        assertThat(await(state.get("k"))).isEqualTo(new StateRead.Failed(new SidecarFailure.TimedOut()));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(TRY.multipliedBy(3).plusMillis(75), TRY.multipliedBy(6));
    }

    @Test
    void a_secret_has_its_values_and_shows_them_to_no_log() {
        sidecar.behave(answering(200, "{\"user\": \"u\", \"password\": \"p4ss\"}"));
        SecretRead found = await(secrets.get("db"));
        assertThat(found).isEqualTo(new SecretRead.Found(Map.of("user", "u", "password", "p4ss")));
        assertThat(found.toString()).doesNotContain("p4ss");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\": null}"})
    void a_secret_without_a_value_is_absent(String body) {
        sidecar.behave(answering(200, body));
        assertThat(await(secrets.get("db"))).isEqualTo(new SecretRead.Absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p4ss", "\"p4ss\"", "[\"p4ss\"]", "{\"a\": {\"b\": \"p4ss\"}}", "null"})
    void a_secret_that_cannot_be_read_is_a_failure_without_its_body(String body) {
        sidecar.behave(answering(200, body));
        assertThat(await(secrets.get("db"))).isEqualTo(new SecretRead.Failed(new SidecarFailure.Rejected(200, "", "")));
    }

    @Test
    void a_secret_store_that_does_not_exist_is_refused() {
        String body = "{\"errorCode\": \"ERR_SECRET_STORE_NOT_FOUND\", \"message\": \"none\"}";
        sidecar.behave(answering(401, body));
        assertThat(await(secrets.get("db")))
                .isEqualTo(new SecretRead.Failed(new SidecarFailure.Rejected(401, "ERR_SECRET_STORE_NOT_FOUND", body)));
    }

    @Test
    void a_sidecar_is_ready_with_204_alone() {
        assertThat(await(client.health())).isEqualTo(new SidecarHealth.Ready());
        sidecar.behave(answering(500, "not ready"));
        assertThat(await(client.health()))
                .isEqualTo(new SidecarHealth.NotReady(new SidecarFailure.Rejected(500, "", "not ready")));
        sidecar.behave(RawSidecar.hanging());
        assertThat(await(client.health())).isEqualTo(new SidecarHealth.NotReady(new SidecarFailure.TimedOut()));
    }

    @Test
    void metadata_tells_app_version_and_components() {
        sidecar.behave(
                answering(
                        200,
                        """
                {"id": "task-api", "runtimeVersion": "1.18.0", "extended": {"a": "b"},
                 "components": [{"name": "pubsub-kafka", "type": "pubsub.kafka", "version": "v1", "capabilities": []},
                                {"name": "bare"}]}"""));
        assertThat(await(client.metadata()))
                .isEqualTo(new SidecarMetadata.Known(
                        "task-api",
                        "1.18.0",
                        List.of(
                                new SidecarMetadata.Component("pubsub-kafka", "pubsub.kafka", "v1"),
                                new SidecarMetadata.Component("bare", "", ""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "[]", "null", "{\"components\": {}}"})
    void metadata_that_cannot_be_read_is_a_failure(String body) {
        sidecar.behave(answering(200, body));
        assertThat(await(client.metadata()))
                .isEqualTo(new SidecarMetadata.Failed(new SidecarFailure.Rejected(200, "", body)));
    }

    private static RawSidecar.Behaviour times(int times, RawSidecar.Behaviour first, RawSidecar.Behaviour then) {
        AtomicInteger left = new AtomicInteger(times);
        return (connection, request) -> {
            RawSidecar.Behaviour next = left.getAndDecrement() > 0 ? first : then;
            next.answer(connection, request);
        };
    }

    private static <T> T await(Future<T> result) {
        try {
            return result.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
