package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.RestClient.Response;
import io.pakaura.publisher.testing.TestTokens;
import io.pakaura.service.ConnectionLimits;
import io.pakaura.taskapi.RawHttp.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one caller may cost the others. */
class ProtectionIT {
    private static final ConnectionLimits SHORT = new ConnectionLimits(
            3, Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(2_000), Duration.ofMillis(2_500));

    @Test
    void over_the_rate_limit_a_user_is_told_when_to_come_back_and_others_notice_nothing() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of("RATE_LIMIT_PER_SECOND", "1", "RATE_LIMIT_BURST", "5"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(read(api, "alice").status()).isEqualTo(200);
            }

            Response refused = read(api, "alice");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(read(api, "bob").status()).isEqualTo(200);
            assertThat(api.send(api.request("/openapi.json")).status()).isEqualTo(200);
            Await.until(() -> read(api, "alice").status() == 200);
        }
    }

    @Test
    void a_rate_limit_of_0_is_none() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of("RATE_LIMIT_PER_SECOND", "0", "RATE_LIMIT_BURST", "1"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(read(api, "alice").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void pages_of_allowed_origins_may_call_and_read_the_headers_and_others_may_not() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of("ALLOWED_ORIGINS", "https://app.example"))) {
            Answer preflight = preflight(api, "https://app.example");
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
            assertThat(preflight.header("Access-Control-Allow-Methods")).contains("PATCH", "DELETE");
            assertThat(preflight.header("Access-Control-Allow-Headers"))
                    .contains("Authorization", "Content-Type", "If-Match", "If-None-Match");
            assertThat(preflight.header("Vary")).isEqualTo("Origin");

            Answer refusedToken = get(api, "/tasks", "Origin: https://app.example");
            assertThat(refusedToken.status()).isEqualTo(401);
            assertThat(refusedToken.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
            assertThat(refusedToken.header("Access-Control-Expose-Headers")).contains("Sync-Revision", "ETag");

            Answer evil = preflight(api, "https://evil.example");
            assertThat(evil.status()).isEqualTo(403);
            assertThat(evil.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(get(api, "/openapi.json", "Origin: https://evil.example").header("Access-Control-Allow-Origin"))
                    .isEmpty();
            for (String header : new String[] {"X-Nothing: x", "Origin: https://evil.example"}) {
                assertThat(get(api, "/openapi.json", header).header("Vary")).isEqualTo("Origin");
            }
        }
    }

    @Test
    void without_a_setting_the_page_of_our_own_origin_is_not_refused() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of())) {
            assertThat(preflight(api, "https://app.example").status()).isEqualTo(403);
            assertThat(get(api, "/openapi.json", "Origin: https://tasks.example\r\nX-Forwarded-Host: tasks.example")
                            .status())
                    .isEqualTo(200);
            assertThat(get(api, "/openapi.json", "X-Nothing: x").header("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void options_tells_the_methods_of_a_path_and_head_the_headers_of_a_get() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of())) {
            Response options = api.send("alice", "OPTIONS", "/tasks", "");
            assertThat(options.status()).isEqualTo(204);
            assertThat(options.header("Allow")).isEqualTo("GET, HEAD, POST, DELETE");
            Response head = api.send("alice", "HEAD", "/tasks", "");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.http().body()).isEmpty();
            assertThat(head.header("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    void who_drips_a_head_or_a_body_is_cut_off() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of(), 0, config -> with(SHORT, config))) {
            assertThat(drip(api, "")).isEmpty();
            assertThat(drip(api, "GET /tasks HTTP/1.1\r\nX-Slow: ")).isEmpty();
            assertThat(drip(api, post("Bearer " + TestTokens.sign("alice")))).startsWith("HTTP/1.1 408");
            assertThat(drip(api, post("none"))).startsWith("HTTP/1.1 401");
            assertThat(read(api, "alice").status()).isEqualTo(200);
        }
    }

    @Test
    void of_too_many_connections_the_last_are_closed_and_the_first_are_served() throws Exception {
        try (ApiFixture api = new ApiFixture(
                Map.of("EVENT_LOOPS", "1"),
                0,
                config -> with(
                        new ConnectionLimits(
                                3,
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(20)),
                        config))) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sockets.add(connect(api));
            }
            assertThat(sockets.get(3).getInputStream().read()).isEqualTo(-1);
            sockets.get(0)
                    .getOutputStream()
                    .write("GET /docs HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(sockets.get(0).getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
            sockets.get(1).close();
            Await.until(() -> answers(api));
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void who_asks_for_large_pages_and_reads_none_is_told_to_read_first() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of("RATE_LIMIT_PER_SECOND", "0"))) {
            String big = "{\"title\": \"a\", \"description\": \"" + "x".repeat(10_000) + "\"}";
            for (int i = 0; i < 500; i++) {
                assertThat(api.send("alice", "POST", "/tasks", big).status()).isEqualTo(201);
            }
            List<Socket> hoarders = new ArrayList<>();
            Await.until(Duration.ofSeconds(60), () -> {
                hoarders.add(ask(api));
                return api.send("alice", "GET", "/tasks?limit=500", "").status() == 429;
            });
            assertThat(hoarders).hasSizeLessThan(12);
            assertThat(api.send("alice", "GET", "/tasks?limit=1", "").status()).isEqualTo(200);

            for (Socket hoarder : hoarders) {
                hoarder.close();
            }
            Await.until(() -> api.send("alice", "GET", "/tasks?limit=500", "").status() == 200);
        }
    }

    /** Asks for 5 MB by a socket that takes next to nothing. */
    private static Socket ask(ApiFixture api) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(2_048);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.api.httpPort()));
            String request = "GET /tasks?limit=500 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + TestTokens.sign("alice") + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            return socket;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static boolean answers(ApiFixture api) {
        try {
            return get(api, "/docs", "X-Nothing: x").status() == 200;
        } catch (IOException | AssertionError closed) {
            return false;
        }
    }

    private static Response read(ApiFixture api, String user) {
        return api.send(user, "GET", "/tasks?limit=1", "");
    }

    private static Answer preflight(ApiFixture api, String origin) throws IOException {
        return RawHttp.exchange(
                api.api.httpPort(),
                "OPTIONS /tasks HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: " + origin
                        + "\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n\r\n");
    }

    private static Answer get(ApiFixture api, String path, String header) throws IOException {
        return RawHttp.exchange(
                api.api.httpPort(),
                "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n\r\n");
    }

    private static String post(String authorization) {
        return "POST /tasks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nAuthorization: "
                + authorization + "\r\n\r\n{";
    }

    private static Socket connect(ApiFixture api) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.api.httpPort());
        socket.setSoTimeout(15_000);
        return socket;
    }

    /** Sends a byte now and then until the peer closes; what it said. */
    private static String drip(ApiFixture api, String first) throws IOException {
        try (Socket socket = connect(api)) {
            OutputStream out = socket.getOutputStream();
            out.write(first.getBytes(StandardCharsets.US_ASCII));
            Await.until(() -> {
                try {
                    if (!first.isEmpty()) {
                        out.write('x');
                    }
                    return socket.getInputStream().available() > 0 || first.isEmpty();
                } catch (IOException closed) {
                    return true;
                }
            });
            try {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (java.net.SocketException reset) {
                return "";
            }
        }
    }

    private static TaskApiConfig with(ConnectionLimits limits, TaskApiConfig config) {
        return new TaskApiConfig(
                config.http(),
                config.ops(),
                config.database(),
                config.tokens(),
                config.origins(),
                config.rateLimit(),
                limits,
                config.publisher(),
                config.tombstoneRetention(),
                config.eventLoops());
    }
}
