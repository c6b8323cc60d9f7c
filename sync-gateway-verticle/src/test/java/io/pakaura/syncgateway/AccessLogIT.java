package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static io.pakaura.syncgateway.GatewayFixture.taskEvent;
import static io.pakaura.syncgateway.GatewayFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.pakaura.publisher.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator finds of a session in the log. */
@ExtendWith(VertxExtension.class)
class AccessLogIT {

    /** Of a text frame with less than 64 KiB, and not masked. */
    private static final int FRAME_HEADER_BYTES = 4;

    private static Client connect(GatewayFixture fixture, String correlationId) {
        return await(fixture.upgrade(options -> options.addHeader("X-Correlation-Id", correlationId)));
    }

    private static LogCapture.Line lineOf(LogCapture log, String correlationId) {
        Await.until(() -> !log.with("correlation_id", correlationId).isEmpty());
        List<LogCapture.Line> lines = log.with("correlation_id", correlationId);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    @Test
    void a_session_leaves_one_line_at_its_end(Vertx vertx) {
        try (LogCapture log = LogCapture.access()) {
            var fixture = GatewayFixture.start(vertx);
            Client client = connect(fixture, "corr-alice");
            client.hello(token("alice"));
            String welcome = client.next();
            String event = taskEvent("alice", 1, "x".repeat(200));
            await(fixture.deliver(event));
            assertThat(client.next()).isEqualTo(event);
            client.pong();
            assertThat(log.lines()).isEmpty();
            int port = client.socket.localAddress().port();
            await(client.socket.close((short) 1001, "words of\na client"));

            LogCapture.Line line = lineOf(log, "corr-alice");
            assertThat(line.message()).isEqualTo("session ended");
            assertThat(line.fields())
                    .containsOnlyKeys(
                            "session",
                            "correlation_id",
                            "user_id",
                            "remote_address",
                            "close_code",
                            "close_reason",
                            "duration_ms",
                            "messages_received",
                            "messages_sent",
                            "bytes_sent")
                    .containsEntry("user_id", "alice")
                    .containsEntry("remote_address", "127.0.0.1:" + port)
                    .containsEntry("close_code", 1001)
                    .containsEntry("close_reason", "client left")
                    .containsEntry("messages_received", 2L)
                    .containsEntry("messages_sent", 2L)
                    .containsEntry("bytes_sent", bytes(welcome) + bytes(event));
            assertThat(welcome).contains("\"session\":\"" + line.fields().get("session") + "\"");
            assertThat((long) line.fields().get("duration_ms")).isBetween(0L, 20_000L);
        }
    }

    private static long bytes(String text) {
        return (long) text.getBytes(StandardCharsets.UTF_8).length + FRAME_HEADER_BYTES;
    }

    @Test
    void who_never_said_hello_has_no_user(Vertx vertx) {
        try (LogCapture log = LogCapture.access()) {
            var fixture = GatewayFixture.start(vertx, setup -> setup.hello = Duration.ofMillis(100));
            connect(fixture, "corr-nobody");

            assertThat(lineOf(log, "corr-nobody").fields())
                    .doesNotContainKey("user_id")
                    .containsEntry("close_code", 4408)
                    .containsEntry("close_reason", "sync.hello did not come in time")
                    .containsEntry("messages_received", 0L);
        }
    }

    @Test
    void a_connection_that_was_lost_is_told_from_a_client_that_left(Vertx vertx) {
        try (LogCapture log = LogCapture.access()) {
            var fixture = GatewayFixture.start(vertx);
            RawSocket.upgraded(fixture, "corr-lost").close();

            assertThat(lineOf(log, "corr-lost").fields())
                    .containsEntry("close_code", 1006)
                    .containsEntry("close_reason", "connection lost");
        }
    }

    @Test
    void a_client_that_takes_no_part_in_closing_has_the_gateways_code(Vertx vertx) {
        try (LogCapture log = LogCapture.access()) {
            var fixture = GatewayFixture.start(vertx, setup -> {
                setup.hello = Duration.ofMillis(100);
                setup.closing = Duration.ofMillis(100);
            });
            RawSocket stubborn = RawSocket.upgraded(fixture, "corr-stubborn");

            assertThat(lineOf(log, "corr-stubborn").fields())
                    .containsEntry("close_code", 4408)
                    .containsEntry("close_reason", "sync.hello did not come in time");
            stubborn.close();
        }
    }

    @Test
    void neither_events_nor_files_nor_refusals_are_sessions(Vertx vertx) {
        try (LogCapture log = LogCapture.access()) {
            var fixture = GatewayFixture.start(vertx);
            await(fixture.deliver(taskEvent("alice", 1)));
            fixture.get(fixture.gateway.httpPort(), "/");
            assertThat(fixture.get(fixture.gateway.httpPort(), "/sync").statusCode())
                    .isEqualTo(426);
            assertThat(fixture.get(fixture.gateway.opsPort(), "/metrics").statusCode())
                    .isEqualTo(200);
            RawSocket.upgraded(fixture, "corr-last").close();

            lineOf(log, "corr-last");
            assertThat(log.lines()).hasSize(1);
        }
    }

    /** Each is told things by others, too: by the feed, by the drain, and by its own timers. */
    @Test
    void each_line_of_a_session_has_its_correlation_and_no_line_that_of_another(Vertx vertx) {
        try (LogCapture log = LogCapture.of("io.pakaura.syncgateway", Level.DEBUG);
                LogCapture access = LogCapture.access()) {
            var fixture = GatewayFixture.start(vertx, setup -> {
                setup.eventLoops = 1;
                setup.drain = Duration.ofSeconds(1);
            });
            Client alice = connect(fixture, "corr-alice");
            Client bob = connect(fixture, "corr-bob");
            Client carol = connect(fixture, "corr-carol");
            alice.hello(token("alice"));
            carol.hello(token("carol"));
            alice.expect("sync.welcome");
            carol.expect("sync.welcome");
            bob.hello("nonsense");
            assertThat(bob.closeCode()).isEqualTo(4401);
            await(fixture.deliver(taskEvent("alice", 1)));
            alice.write("nonsense");
            assertThat(alice.closeCode()).isEqualTo(4400);
            await(fixture.gateway.close());

            assertThat(log.with("close_code", (short) 4400))
                    .as("the context of a session's messages, where anybody may log, has its correlation")
                    .singleElement()
                    .satisfies(line -> assertThat(line.contextId()).isEqualTo("corr-alice"));
            assertOnlyItsOwn(
                    log, lineOf(access, "corr-alice"), "the message is not one JSON object without duplicate names");
            assertOnlyItsOwn(log, lineOf(access, "corr-bob"), "the token is not valid");
            assertOnlyItsOwn(log, lineOf(access, "corr-carol"), "this gateway is going");
        }
    }

    private static void assertOnlyItsOwn(LogCapture log, LogCapture.Line end, String reason) {
        Object session = end.fields().get("session");
        Object correlation = end.fields().get("correlation_id");
        assertThat(log.with("session", session))
                .anySatisfy(line -> assertThat(line.message()).isEqualTo(reason))
                .allSatisfy(line -> assertThat(line.fields()).containsEntry("correlation_id", correlation))
                .allSatisfy(line -> assertThat(line.contextId()).isIn(correlation, null));
        assertThat(log.with("correlation_id", correlation))
                .allSatisfy(line -> assertThat(line.fields()).containsEntry("session", session));
        assertThat(log.lines())
                .filteredOn(line -> correlation.equals(line.contextId()))
                .allSatisfy(line -> assertThat(line.fields().getOrDefault("session", session))
                        .isEqualTo(session));
        assertThat(end.contextId()).isIn(correlation, null);
    }
}
