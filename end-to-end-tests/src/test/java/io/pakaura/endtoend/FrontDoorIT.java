package io.pakaura.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.RestClient.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one client does at the door must not reach another. */
class FrontDoorIT {
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
    void bodies_that_never_come_hold_up_others_no_longer_than_the_door_waits_for_them() throws Exception {
        String token = quickstart.token("bob");
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            slow.add(halfSent());
        }

        Await.until(
                Duration.ofSeconds(30),
                () -> quickstart.client().send(token, "GET", "/tasks", "").status() == 200);

        for (Socket socket : slow) {
            socket.close();
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

    private static String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            write(socket, request);
            return new String(socket.getInputStream().readNBytes(1_000), StandardCharsets.UTF_8);
        }
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getByName("localhost"), quickstart.port());
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }
}
