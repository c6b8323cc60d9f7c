package io.pakaura.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.pakaura.publisher.testing.RestClient.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one client does at the door must not reach another. */
class FrontDoorIT {
    private static final int READ_MILLIS = 20_000;
    private static final String HANDSHAKE = String.join(
            "\r\n",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            "");

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    @TempDir
    static Path directory;

    private static RunningQuickstart quickstart;

    @BeforeAll
    static void start() throws Exception {
        quickstart = RunningQuickstart.start(directory);
    }

    @AfterAll
    static void stop() {
        quickstart.close();
    }

    @Test
    void a_request_that_is_given_up_half_sent_fails_nobody_else_s() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket aborted = halfSent()) {
                aborted.setSoLinger(true, 0); // Reset, not closed in order.
            }
        }
        String token = quickstart.token("alice");

        for (int i = 0; i < 40; i++) {
            Response created = quickstart.client().send(token, "POST", "/tasks", "{\"title\": \"t\"}");
            assertThat(created.status()).isEqualTo(201);
            assertThat(created.header("Connection")).isEmpty();
        }
    }

    @Test
    void bodies_that_never_come_hold_up_nobody() throws Exception {
        String token = quickstart.token("bob");
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            slow.add(halfSent());
        }

        assertTimeout(Duration.ofSeconds(5), () -> assertThat(
                        quickstart.client().send(token, "GET", "/tasks", "").status())
                .isEqualTo(200));

        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void a_page_that_had_its_name_lead_here_gets_neither_token_nor_socket() throws Exception {
        String evil = " HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\nConnection: ";

        assertThat(raw("POST /demo/token" + evil + "close\r\nContent-Length: 17\r\n\r\n{\"user\": \"alice\"}"))
                .startsWith("HTTP/1.1 421")
                .contains("application/problem+json")
                .doesNotContain("token\"");
        assertThat(raw("GET /sync" + evil + "Upgrade, close\r\n" + HANDSHAKE)).startsWith("HTTP/1.1 421");
    }

    @Test
    void a_page_of_another_origin_is_refused_its_socket_by_the_gateway_with_a_problem() throws Exception {
        String answer = raw("GET /sync HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
                + "Connection: Upgrade\r\n" + HANDSHAKE);

        assertThat(answer)
                .startsWith("HTTP/1.1 403")
                .containsIgnoringCase("X-Correlation-Id")
                .contains("ALLOWED_ORIGINS");
    }

    @Test
    void a_connection_without_a_request_ends() throws Exception {
        try (Socket silent = connect();
                Socket dripping = connect()) {
            write(dripping, "GET /tasks HT");

            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(dripping.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void only_sync_is_ever_upgraded() throws Exception {
        String answer =
                raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("<!doctype html>");
    }

    @Test
    void a_client_that_waits_for_100_continue_is_told_to() throws Exception {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST /tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                            + "Expect: 100-continue\r\nAuthorization: Bearer " + quickstart.token("carol")
                            + "\r\n\r\n");
            byte[] begin = socket.getInputStream().readNBytes(12);

            assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
        }
    }

    private static Socket halfSent() throws IOException {
        Socket socket = connect();
        write(
                socket,
                "POST /tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
        return socket;
    }

    /** The first response, as it came. */
    private static String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            write(socket, request);
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("%s and no more", head).isNotNegative();
                head.append((char) next);
            }
            Matcher length = CONTENT_LENGTH.matcher(head);
            byte[] body = socket.getInputStream().readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
            return head + new String(body, StandardCharsets.UTF_8);
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getByName("localhost"), quickstart.port());
        socket.setSoTimeout(READ_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
