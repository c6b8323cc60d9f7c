package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.TestTokens;
import io.pakaura.taskapi.RawHttp.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests that break off, and such as a front door and we could read differently. */
class BrokenHttpIT {
    private static final String TASK = "{\"title\": \"x\"}";
    private static ApiFixture api;

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.pakaura.taskapi.http.FailureHandler");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeAll
    static void start() {
        api = new ApiFixture(Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    @BeforeEach
    void listen() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_goes_away_during_an_upload_is_no_fault_of_ours(boolean politely) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.api.httpPort())) {
            write(socket, post("Content-Length: 1000\r\nExpect: 100-continue", "{"));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            if (!politely) {
                socket.setSoLinger(true, 0);
            }
        }

        Await.until(() -> !lines.list.isEmpty());
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.DEBUG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zz\r\n{}\r\n0\r\n\r\n", "-1\r\n\r\n", "2\r\n{}0\r\n\r\n", "2\r\n{}\r\n0\r\nNo trailer\r\n\r\n"})
    void a_chunk_that_is_none_is_answered_and_ends_the_connection(String chunks) throws IOException {
        Answer answer = RawHttp.exchange(api.api.httpPort(), post("Transfer-Encoding: chunked", chunks));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(lines.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @Test
    void chunks_as_they_should_be_are_taken() throws IOException {
        for (String coding : new String[] {"chunked", "Chunked"}) {
            String request =
                    post("Connection: close\r\nTransfer-Encoding: " + coding, "e\r\n" + TASK + "\r\n0\r\n\r\n");

            assertThat(RawHttp.exchange(api.api.httpPort(), request).status()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Host: y"
            })
    void a_request_whose_end_or_host_is_in_doubt_is_refused_with_all_that_follows(String header) throws IOException {
        String user = "smuggled-" + header.hashCode();
        String hidden = post("Content-Length: " + TASK.length(), TASK, user);

        Answer answer = RawHttp.exchange(api.api.httpPort(), post(header, hidden, user));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains(header.split(":", 2)[0]).doesNotContain("HTTP/1.1 ");
        assertThat(api.send(user, "GET", "/tasks", "").json().get("revision").asLong())
                .isZero();
    }

    @Test
    void no_host_and_a_chunked_body_of_http_1_0_are_refused() throws IOException {
        assertThat(RawHttp.exchange(api.api.httpPort(), "GET /docs HTTP/1.1\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(RawHttp.exchange(
                                api.api.httpPort(),
                                "POST /tasks HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(RawHttp.exchange(api.api.httpPort(), "GET /docs HTTP/1.0\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /tasks/018f4e9c-58c5-7c3e-9f0a-3d1f0a5b7c11/complete",
                "DELETE /tasks/018f4e9c-58c5-7c3e-9f0a-3d1f0a5b7c11",
                "GET /tasks"
            })
    void a_body_that_nobody_asked_for_has_the_same_bound(String line) throws IOException {
        String start = line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + TestTokens.sign("alice") + "\r\nContent-Length: ";

        assertThat(RawHttp.exchange(api.api.httpPort(), start + "2\r\n\r\n{}").status())
                .isIn(200, 404);
        assertThat(RawHttp.exchange(api.api.httpPort(), start + "70000\r\n\r\n" + "x".repeat(70_000))
                        .status())
                .isEqualTo(413);
    }

    private static String post(String header, String body) {
        return post(header, body, "alice");
    }

    private static String post(String header, String body, String user) {
        return "POST /tasks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + TestTokens.sign(user) + "\r\n" + header + "\r\n\r\n" + body;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
