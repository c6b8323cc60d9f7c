package io.pakaura.publisher.dapr;

import static io.pakaura.publisher.dapr.RawSidecar.answering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pakaura.publisher.dapr.PublishResult.Published;
import io.pakaura.publisher.dapr.PublishResult.Rejected;
import io.pakaura.publisher.dapr.PublishResult.TimedOut;
import io.pakaura.publisher.dapr.PublishResult.Unreachable;
import io.pakaura.publisher.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DaprClientIT {
    private static final Duration TIMEOUT = Duration.ofMillis(700);

    /** Of the client's pool. */
    private static final int CONNECTIONS = 64;

    private static final OutgoingEvent EVENT = OutgoingEvent.keyed("alice", Buffer.buffer("{\"id\": \"1\"}"));
    private static Vertx vertx;

    private final RawSidecar sidecar = new RawSidecar(answering(204, ""));
    private DaprClient client;

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
        client = clientOf(sidecar.port());
    }

    @AfterEach
    void close() {
        client.close();
        sidecar.close();
    }

    @Test
    void an_event_is_posted_as_it_is_with_its_metadata_and_the_token() {
        OutgoingEvent event = new OutgoingEvent(
                Map.of("partitionKey", "a/b c&d=é"), Buffer.buffer("{ \"n\" : 12345678901234567890 }"));
        assertThat(await(client.publish("pub sub/1", "task-events", event))).isEqualTo(new Published());
        RawSidecar.Request request = sidecar.requests().get(0);
        assertThat(request.line())
                .isEqualTo("POST /v1.0/publish/pub%20sub%2F1/task-events?metadata.partitionKey=a%2Fb%20c%26d%3D%C3%A9"
                        + "&metadata.rawPayload=true HTTP/1.1");
        assertThat(request.has("content-type: application/cloudevents+json")).isTrue();
        assertThat(request.has("dapr-api-token: the-token")).isTrue();
        assertThat(request.body()).isEqualTo("{ \"n\" : 12345678901234567890 }");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 302, 400, 401, 403, 404, 413, 500, 503})
    void any_other_status_than_204_is_a_rejection_with_the_beginning_of_its_body(int status) {
        sidecar.behave(answering(status, "Location: /elsewhere\r\n", "because" + " of it".repeat(1_000)));
        Rejected rejected = (Rejected) publish();
        assertThat(rejected.httpStatus()).isEqualTo(status);
        assertThat(rejected.detail()).startsWith("because of it").hasSize(500);
        assertThat(sidecar.requests()).hasSize(1);
    }

    @Test
    void a_port_where_nobody_listens_is_unreachable() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = taken.getLocalPort();
        }
        DaprClient alone = clientOf(port);
        assertThat(await(alone.publish("pubsub", "tasks", EVENT))).isInstanceOf(Unreachable.class);
        alone.close();
    }

    @Test
    void a_client_that_is_closed_is_a_result_too() {
        client.close();
        assertThat(publish()).isInstanceOf(Unreachable.class);
    }

    static Stream<RawSidecar.Behaviour> answersThatBreakOff() {
        return Stream.of(
                (connection, request) -> reset(connection),
                (connection, request) -> connection.close(),
                (connection, request) -> {
                    RawSidecar.write(connection, "HTTP/1.1 204 No Con");
                    connection.close();
                },
                (connection, request) -> {
                    RawSidecar.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");
                    reset(connection);
                },
                (connection, request) -> {
                    RawSidecar.write(connection, "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe");
                    connection.close();
                },
                (connection, request) -> RawSidecar.write(connection, "\0\1\2 this is not HTTP \r\n\r\n\r\n"),
                (connection, request) -> RawSidecar.write(connection, "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                (connection, request) ->
                        RawSidecar.write(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
    }

    @ParameterizedTest
    @MethodSource("answersThatBreakOff")
    void an_answer_that_breaks_off_or_is_no_http_is_unreachable(RawSidecar.Behaviour behaviour) {
        sidecar.behave(behaviour);
        assertThat(publish()).isInstanceOf(Unreachable.class);
        Await.until(() -> sidecar.openConnections() == 0);
        sidecar.behave(answering(204, ""));
        assertThat(publish()).isEqualTo(new Published());
    }

    @Test
    void headers_of_a_megabyte_are_unreachable_and_cost_the_connection() {
        sidecar.behave(answering(204, "metadata.error: " + "x".repeat(1024 * 1024) + "\r\n", ""));
        assertThat(publish()).isInstanceOf(Unreachable.class);
        Await.until(() -> sidecar.openConnections() == 0);
    }

    @Test
    void no_answer_is_a_timeout_and_costs_the_connection() {
        sidecar.behave(RawSidecar.hanging());
        long start = System.nanoTime();
        assertThat(publish()).isEqualTo(new TimedOut());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, TIMEOUT.multipliedBy(3));
        Await.until(() -> sidecar.openConnections() == 0);
    }

    @Test
    void an_answer_in_drops_is_a_timeout_and_costs_the_connection() {
        sidecar.behave((connection, request) -> {
            RawSidecar.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            while (true) {
                RawSidecar.write(connection, "x");
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        });
        assertThat(publish()).isEqualTo(new TimedOut());
        Await.until(() -> sidecar.openConnections() == 0);
    }

    @Test
    void an_endless_answer_is_unreachable_and_costs_the_connection() {
        AtomicLong written = new AtomicLong();
        String piece = "x".repeat(8 * 1024);
        sidecar.behave((connection, request) -> {
            RawSidecar.write(connection, "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                RawSidecar.write(connection, "2000\r\n" + piece + "\r\n");
                written.addAndGet(piece.length());
            }
        });
        assertThat(publish()).isEqualTo(new Unreachable("IOException: the answer has more than 1048576 bytes"));
        Await.until(() -> sidecar.openConnections() == 0);
        // What the kernel's buffers take comes on top.
        assertThat(written.get()).isBetween(1024L * 1024, 32L * 1024 * 1024);
    }

    @Test
    void a_sidecar_that_hung_is_used_again_at_once_when_it_answers() {
        sidecar.behave(RawSidecar.hanging());
        List<Future<PublishResult>> hanging = publishTimes(3 * CONNECTIONS);
        hanging.forEach(result -> assertThat(await(result)).isEqualTo(new TimedOut()));
        sidecar.behave(answering(204, ""));
        assertThat(publish()).isEqualTo(new Published());
    }

    @Test
    void more_than_may_wait_for_a_connection_is_unreachable_at_once() {
        sidecar.behave(RawSidecar.hanging());
        Map<PublishResult, Long> results = publishTimes(CONNECTIONS + 1_024 + 100).stream()
                .map(DaprClientIT::await)
                .collect(Collectors.groupingBy(result -> result, Collectors.counting()));
        // Some connections may still be on their way when the last request comes: until then their requests wait, too.
        assertThat(results).hasSize(2);
        assertThat(results.get(new TimedOut())).isBetween(1_024L, CONNECTIONS + 1_024L);
    }

    @Test
    void a_bulk_is_one_request_with_the_events_as_they_are() {
        OutgoingEvent first = new OutgoingEvent(
                Map.of("partitionKey", "quote\" and \\"), Buffer.buffer("{ \"n\" : 12345678901234567890 }"));
        OutgoingEvent second = new OutgoingEvent(Map.of(), Buffer.buffer("{\"title\":\"é🙂\"}"));
        assertThat(await(client.publishAll("pubsub", "tasks", List.of(first, second))))
                .isEqualTo(new BulkPublishResult.PerEvent(List.of(new Published(), new Published())));
        assertThat(sidecar.requests()).hasSize(1);
        RawSidecar.Request request = sidecar.requests().get(0);
        assertThat(request.line()).isEqualTo("POST /v1.0/publish/bulk/pubsub/tasks?metadata.rawPayload=true HTTP/1.1");
        assertThat(request.has("content-type: application/json")).isTrue();
        assertThat(request.has("dapr-api-token: the-token")).isTrue();
        assertThat(request.body())
                .isEqualTo(
                        """
                        [{"entryId":"0","contentType":"application/cloudevents+json",\
                        "metadata":{"partitionKey":"quote\\" and \\\\"},"event":{ "n" : 12345678901234567890 }},\
                        {"entryId":"1","contentType":"application/cloudevents+json",\
                        "metadata":{},"event":{"title":"é🙂"}}]""");
    }

    @Test
    void a_bulk_of_nothing_is_no_request() {
        assertThat(await(client.publishAll("pubsub", "tasks", List.of())))
                .isEqualTo(new BulkPublishResult.PerEvent(List.of()));
        assertThat(sidecar.requests()).isEmpty();
    }

    @Test
    void entries_that_failed_are_rejected_and_the_others_published() {
        sidecar.behave(
                answering(
                        500,
                        """
                {"failedEntries": [{"entryId": "2", "error": "too large"}, {"entryId": "0"}],
                 "errorCode": "ERR_PUBSUB_PUBLISH_MESSAGE"}"""));
        assertThat(publishAll(4))
                .isEqualTo(new BulkPublishResult.PerEvent(List.of(
                        new Rejected(500, ""), new Published(), new Rejected(500, "too large"), new Published())));
    }

    @Test
    void failed_entries_that_a_header_repeats_are_read() {
        String failed = IntStream.range(0, 500)
                .mapToObj(i -> "{\"entryId\":\"" + i + "\",\"error\":\"" + "why ".repeat(50) + "\"}")
                .collect(Collectors.joining(",", "{\"failedEntries\":[", "]}"));
        sidecar.behave(answering(500, "metadata.responseData: " + failed + "\r\n", failed));
        BulkPublishResult.PerEvent result = (BulkPublishResult.PerEvent) publishAll(500);
        assertThat(result.results()).hasSize(500).containsOnly(new Rejected(500, "why ".repeat(50)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "null",
                "{}",
                "{\"failedEntries\": null}",
                "{\"failedEntries\": []}",
                "{\"failedEntries\": {\"0\": {\"entryId\": \"0\"}}}",
                "{\"failedEntries\": [\"0\"]}",
                "{\"failedEntries\": [{}]}",
                "{\"failedEntries\": [{\"entryId\": 0}]}",
                "{\"failedEntries\": [{\"entryId\": \"\"}]}",
                "{\"failedEntries\": [{\"entryId\": \"00\"}]}",
                "{\"failedEntries\": [{\"entryId\": \"-1\"}]}",
                "{\"failedEntries\": [{\"entryId\": \"3\"}]}",
                "{\"failedEntries\": [{\"entryId\": \"0\"}, {\"entryId\": \"another\"}]}",
                "{\"failedEntries\": [{\"entryId\": \"0\"}]} and more",
                "{\"failedEntries\": [{\"entryId\": \"0\"}], \"failedEntries\": [{\"entryId\": \"1\"}]}",
                "{\"failedEntries\": [{\"entryId\": \"0\"}"
            })
    void without_failed_entries_that_can_be_read_nothing_counts_as_published(String body) {
        for (int status : new int[] {200, 404, 500}) {
            sidecar.behave(answering(status, body));
            assertThat(publishAll(3)).isEqualTo(new BulkPublishResult.AsOne(new Rejected(status, body)));
        }
    }

    @Test
    void a_bulk_without_an_answer_is_one_failure() {
        sidecar.behave(RawSidecar.hanging());
        assertThat(publishAll(3)).isEqualTo(new BulkPublishResult.AsOne(new TimedOut()));
        sidecar.behave((connection, request) -> reset(connection));
        BulkPublishResult.AsOne reset = (BulkPublishResult.AsOne) publishAll(3);
        assertThat(reset.failure()).isInstanceOf(Unreachable.class);
    }

    @Test
    void a_bulk_cannot_be_published_as_one() {
        assertThatThrownBy(() -> new BulkPublishResult.AsOne(new Published()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static DaprClient clientOf(int port) {
        return new DaprClient(vertx, new DaprConfig("127.0.0.1", port, "the-token", TIMEOUT));
    }

    private PublishResult publish() {
        return await(client.publish("pubsub", "tasks", EVENT));
    }

    private BulkPublishResult publishAll(int events) {
        return await(client.publishAll(
                "pubsub", "tasks", Stream.generate(() -> EVENT).limit(events).toList()));
    }

    private List<Future<PublishResult>> publishTimes(int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> client.publish("pubsub", "tasks", EVENT))
                .toList();
    }

    /** Ends it with RST. */
    private static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    private static <T> T await(Future<T> result) {
        try {
            return result.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
