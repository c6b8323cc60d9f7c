package io.pakaura.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.service.ConnectionLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door answers by itself, over real connections, and what it lets through to a service. */
class FrontDoorAnswersIT {
    private static final String SECRET = "a secret of at least thirty-two bytes";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final int NOBODY_S_PORT = 1;

    private Vertx vertx;
    private HttpServer service;

    /** In a field, since Vert.x closes a client that is garbage, and its connections with it. */
    private WebSocketClient webSockets;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        webSockets = vertx.createWebSocketClient();
        service = await(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    /** Says what came, and refuses each WebSocket but those that say how they want to live. */
    private void serve(HttpServerRequest request) {
        if (request.query() != null) {
            request.toWebSocket().onSuccess(socket -> live(socket, request.query()));
            return;
        }
        request.response().putHeader("X-Correlation-Id", "the-service-s");
        if (request.headers().contains("Upgrade")) {
            request.response().setStatusCode(403).end("not you");
        } else {
            request.body().onSuccess(body -> request.response().end(request.path() + " " + body.length()));
        }
    }

    private void live(ServerWebSocket socket, String how) {
        if (how.equals("pinging")) {
            vertx.setPeriodic(IDLE.toMillis() / 5, again -> socket.writePing(Buffer.buffer()));
        }
        vertx.setTimer(IDLE.toMillis() * 3, later -> socket.writeTextMessage("still here"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "notlocalhost",
                "127.0.0.1.evil.example",
                "192.168.0.7:8080",
                "[::2]",
                "localhost:evil"
            })
    void a_name_that_is_not_this_machine_s_own_gets_nothing(String host) throws Exception {
        int door = openDoor();

        for (String path : List.of("/demo/token", "/tasks", "/")) {
            Answer answer = ask(door, "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n");
            answer.isProblem(421);
            assertThat(answer.body().getString("detail")).contains("http://localhost:" + door);
        }
    }

    @Test
    void a_websocket_under_a_foreign_name_is_refused() throws Exception {
        ask(openDoor(), handshake("evil.example")).isProblem(421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:1234",
                "127.0.0.1",
                "127.0.0.1:9",
                "[::1]",
                "[::1]:8080",
                "tasks.localhost:8080"
            })
    void this_machine_s_own_names_are_served_on_any_port(String host) throws Exception {
        Answer answer = ask(openDoor(), "GET /tasks HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Correlation-Id")).isEqualTo("the-service-s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: localhost\r\nHost: evil.example\r\n"})
    void a_request_says_once_whom_it_is_for(String hosts) throws Exception {
        ask(openDoor(), "GET /tasks HTTP/1.1\r\n" + hosts + "\r\n").isProblem(400);
    }

    @ParameterizedTest
    @CsvSource({"5000, 0, 414", "1, 9000, 431"})
    void a_head_that_is_too_long_is_a_problem(int path, int header, int status) throws Exception {
        ask(
                        openDoor(),
                        "GET /" + "a".repeat(path) + " HTTP/1.1\r\nHost: localhost\r\nX-A: " + "a".repeat(header)
                                + "\r\n\r\n")
                .isProblem(status);
    }

    @Test
    void what_is_no_http_is_a_problem() throws Exception {
        ask(openDoor(), "POST /tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")
                .isProblem(400);
    }

    @Test
    void services_that_are_not_there_yet_are_a_problem() throws Exception {
        Answer answer = ask(open(limits(LONG, LONG)).port(), get("/tasks", ""));

        answer.isProblem(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void services_that_have_ended_are_a_problem() throws Exception {
        FrontDoor door = open(limits(LONG, LONG));
        door.leadTo(NOBODY_S_PORT, NOBODY_S_PORT);

        ask(door.port(), get("/tasks", "")).isProblem(502);
        ask(door.port(), get("/", "")).isProblem(502);
        ask(door.port(), handshake("localhost")).isProblem(502);
    }

    @Test
    void a_websocket_that_the_gateway_refuses_is_refused_in_its_words() throws Exception {
        Answer answer = ask(openDoor(), handshake("localhost"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("X-Correlation-Id")).isEqualTo("the-service-s");
        assertThat(answer.text()).endsWith("not you");
    }

    @Test
    void a_sane_correlation_id_is_the_caller_s_own() throws Exception {
        Answer answer = ask(open(limits(LONG, LONG)).port(), get("/tasks", "X-Correlation-Id: mine-1\r\n"));

        assertThat(answer.header("X-Correlation-Id")).isEqualTo("mine-1");
        assertThat(answer.body().getString("correlation_id")).isEqualTo("mine-1");
    }

    @Test
    void a_token_comes_with_a_correlation_id() throws Exception {
        Answer answer = ask(openDoor(), post("/demo/token", "{\"user\": \"alice\"}"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Correlation-Id")).isNotEmpty();
        assertThat(answer.body().getString("token")).isNotEmpty();
    }

    @Test
    void no_token_is_a_problem() throws Exception {
        int door = openDoor();

        ask(door, post("/demo/token", "{}")).isProblem(400);
        Answer read = ask(door, get("/demo/token", ""));
        read.isProblem(405);
        assertThat(read.header("Allow")).isEqualTo("POST");
    }

    @Test
    void an_expectation_that_cannot_be_met_is_a_problem() throws Exception {
        ask(openDoor(), get("/tasks", "Expect: foo\r\n")).isProblem(417);
    }

    @Test
    void a_body_passes_up_to_64_kib() throws Exception {
        int door = openDoor();

        assertThat(ask(door, post("/tasks", "a".repeat(65_536))).text()).endsWith("/tasks 65536");
        assertThat(ask(door, chunked("a".repeat(65_536))).text()).endsWith("/tasks 65536");
        for (String tooLarge : List.of(post("/tasks", "a".repeat(65_537)), chunked("a".repeat(65_537)))) {
            Answer answer = ask(door, tooLarge);
            answer.isProblem(413);
            assertThat(answer.body().getJsonArray("errors").getJsonObject(0).getString("field"))
                    .isEqualTo("body");
        }
    }

    @Test
    void bodies_that_never_come_hold_no_connection_to_a_service() throws Exception {
        int door = openDoor();
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            slow.add(connect(door, "POST /tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{"));
        }

        assertThat(ask(door, get("/tasks", "")).status()).isEqualTo(200);

        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void a_body_that_does_not_come_in_time_is_a_problem_and_ends_the_connection() throws Exception {
        FrontDoor door = open(limits(LONG, SHORT));
        door.leadTo(service.actualPort(), service.actualPort());

        for (String path : List.of("/tasks", "/demo/token", "/")) {
            try (Socket socket = connect(
                    door.port(), "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{")) {
                Answer.read(socket).isProblem(408);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /tasks HTT"})
    void a_connection_without_a_request_ends(String begin) throws Exception {
        try (Socket socket = connect(open(limits(SHORT, LONG)).port(), begin)) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({"pinging, still here", "silent, closed"})
    void a_websocket_lives_as_long_as_its_service_pings(String how, String heard) throws Exception {
        FrontDoor door = open(new ConnectionLimits(1_000, SHORT, SHORT, IDLE, IDLE));
        door.leadTo(service.actualPort(), service.actualPort());
        CompletableFuture<String> first = new CompletableFuture<>();

        WebSocket socket = await(webSockets.connect(door.port(), "localhost", "/sync?" + how));
        socket.textMessageHandler(first::complete).closeHandler(closed -> first.complete("closed"));

        assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo(heard);
    }

    private int openDoor() {
        FrontDoor door = open(limits(LONG, LONG));
        door.leadTo(service.actualPort(), service.actualPort());
        return door.port();
    }

    private FrontDoor open(ConnectionLimits limits) {
        return await(FrontDoor.open(vertx, 0, new DemoTokens(SECRET, Clock.systemUTC()), limits));
    }

    private static ConnectionLimits limits(Duration firstRequest, Duration body) {
        return new ConnectionLimits(1_000, firstRequest, body, LONG, LONG);
    }

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
    }

    private static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunked(String body) {
        return "POST /tasks HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    }

    private static String handshake(String host) {
        return "GET /sync HTTP/1.1\r\nHost: " + host + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    private static Answer ask(int port, String request) throws IOException {
        try (Socket socket = connect(port, request)) {
            return Answer.read(socket);
        }
    }

    private static Socket connect(int port, String text) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("localhost"), port);
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /** A response as it came. */
    private record Answer(String text) {
        private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

        /** Reads a head and as much as it promises. */
        static Answer read(Socket socket) throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("%s and no more", text).isNotNegative();
                text.append((char) next);
            }
            Matcher length = LENGTH.matcher(text);
            int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
            text.append(new String(socket.getInputStream().readNBytes(body), StandardCharsets.UTF_8));
            return new Answer(text.toString());
        }

        int status() {
            return Integer.parseInt(text.substring(9, 12));
        }

        /** Empty if there is none. */
        String header(String name) {
            Matcher header = Pattern.compile("(?i)\r\n" + name + ": ([^\r]*)").matcher(text);
            return header.find() ? header.group(1) : "";
        }

        JsonObject body() {
            return new JsonObject(text.substring(text.indexOf("\r\n\r\n") + 4));
        }

        void isProblem(int status) {
            assertThat(status()).as(text).isEqualTo(status);
            assertThat(header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(header("X-Correlation-Id")).isNotEmpty();
            assertThat(body().getInteger("status")).isEqualTo(status);
            assertThat(body().getString("correlation_id")).isEqualTo(header("X-Correlation-Id"));
            assertThat(body().fieldNames()).contains("type", "title", "detail");
        }
    }
}
