package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static io.pakaura.syncgateway.GatewayFixture.taskEvent;
import static io.pakaura.syncgateway.GatewayFixture.token;
import static io.pakaura.syncgateway.RawSocket.BINARY;
import static io.pakaura.syncgateway.RawSocket.CLOSE;
import static io.pakaura.syncgateway.RawSocket.CONTINUATION;
import static io.pakaura.syncgateway.RawSocket.CUT;
import static io.pakaura.syncgateway.RawSocket.FINAL;
import static io.pakaura.syncgateway.RawSocket.PING;
import static io.pakaura.syncgateway.RawSocket.PONG;
import static io.pakaura.syncgateway.RawSocket.TEXT;
import static io.pakaura.syncgateway.RawSocket.closing;
import static io.pakaura.syncgateway.RawSocket.concat;
import static io.pakaura.syncgateway.RawSocket.event;
import static io.pakaura.syncgateway.RawSocket.frame;
import static io.pakaura.syncgateway.RawSocket.handshake;
import static io.pakaura.syncgateway.RawSocket.header;
import static io.pakaura.syncgateway.RawSocket.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.pakaura.service.ConnectionLimits;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that mean harm: each ends in bounded time and costs bounded memory, while another client of the same gateway gets
 * its events as ever.
 */
@ExtendWith(VertxExtension.class)
class HostileClientsIT {
    private static final byte[] NOTHING = {};
    private static final byte[] MAX_CONTROL = new byte[125];

    /** Far more than any buffer on the way holds: who may write as much was not stopped. */
    private static final int ENDLESS_BYTES = 256 << 20;

    private final Vertx vertx = Vertx.vertx();
    private GatewayFixture fixture;
    private Client decent;
    private long revision;

    @BeforeEach
    void nothingRunsYet() {
        revision = 0;
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private void start(Consumer<Setup> changes) {
        fixture = GatewayFixture.start(vertx, setup -> {
            setup.closing = Duration.ofMillis(300);
            setup.eventLoops = 1;
            changes.accept(setup);
        });
        decent = fixture.welcomed("decent");
    }

    private static ConnectionLimits connections(int number, int firstRequestMillis, int idleMillis) {
        return new ConnectionLimits(
                number,
                Duration.ofMillis(firstRequestMillis),
                Duration.ofSeconds(10),
                Duration.ofMillis(idleMillis),
                Duration.ofSeconds(110));
    }

    /** The others notice nothing, and nothing is left of who was hostile. */
    private void assertOthersAreServed() {
        assertServed(decent);
        Await.until(() -> MetricsIT.has(fixture, "sync_sockets", sockets -> sockets == 1));
    }

    private void assertServed(Client client) {
        String event = taskEvent("decent", ++revision);
        long begun = System.nanoTime();
        await(fixture.deliver(event));
        assertThat(client.next()).isEqualTo(event);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    // Before there is a WebSocket.

    @Test
    void who_connects_and_says_nothing_is_cut() {
        start(setup -> setup.connections = connections(100, 300, 60_000));
        try (RawSocket silent = RawSocket.connect(fixture)) {
            silent.awaitEnd();
        }
        assertOthersAreServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET /sync HTTP/1.1\r\nX-Slow: "})
    void who_drips_a_handshake_is_cut_though_it_is_never_silent(String begin) {
        start(setup -> setup.connections = connections(100, 300, 60_000));
        assertCutWhileDripping(RawSocket.connect(fixture).write(begin));
        assertOthersAreServed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.1\r\nX-Slow: ", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"})
    void who_drips_after_a_first_request_is_cut_too(String second) {
        start(setup -> setup.connections = connections(100, 60_000, 300));
        assertCutWhileDripping(RawSocket.connect(fixture).write("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + second));
        assertOthersAreServed();
    }

    private void assertCutWhileDripping(RawSocket dripping) {
        try (dripping) {
            Await.until(() -> !dripping.isWritten(new byte[] {'x'}));
        }
    }

    @Test
    void of_too_many_connections_those_that_have_been_silent_for_longest_are_cut_and_newcomers_are_served() {
        start(setup -> setup.connections = connections(20, 60_000, 60_000));
        List<RawSocket> flood = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            flood.add(RawSocket.connect(fixture));
        }
        flood.subList(0, 40).forEach(RawSocket::awaitEnd);

        assertThat(fixture.get(fixture.gateway.httpPort(), "/").statusCode()).isEqualTo(200);
        fixture.welcomed("newcomer").socket.close().onFailure(gone -> {});
        flood.forEach(RawSocket::close);
        assertOthersAreServed();
    }

    @Test
    void connections_that_are_all_in_use_keep_no_newcomer_out() {
        start(setup -> setup.connections = connections(20, 60_000, 60_000));
        List<RawSocket> flood = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            RawSocket busy = RawSocket.connect(fixture).write("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(busy.status()).isEqualTo(200);
            flood.add(busy);
        }
        try (RawSocket newcomer = RawSocket.welcomed(fixture, "newcomer")) {
            flood.get(0).awaitEnd();
            assertServed(decent);
        }
        flood.forEach(RawSocket::close);
        assertOthersAreServed();
    }

    @Test
    void a_connection_in_use_makes_room_only_after_those_that_never_asked_anything() {
        start(setup -> setup.connections = connections(20, 60_000, 60_000));
        try (RawSocket used = RawSocket.connect(fixture).write("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(used.status()).isEqualTo(200);
            List<RawSocket> flood = IntStream.range(0, 60)
                    .mapToObj(n -> RawSocket.connect(fixture))
                    .toList();
            flood.get(0).awaitEnd();
            assertThat(used.write("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n").status())
                    .isEqualTo(200);
            flood.forEach(RawSocket::close);
        }
        assertOthersAreServed();
    }

    @Test
    void who_asks_for_the_page_on_and_on_and_reads_nothing_is_cut() {
        start(asItIs -> {});
        byte[] requests =
                "GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
        try (RawSocket greedy = RawSocket.connectWithoutRoom(fixture)) {
            // Each hundred would be answered with a megabyte.
            Await.until(() -> !greedy.isWritten(requests));
        }
        assertOthersAreServed();
    }

    private static void assertCutWhileSending(RawSocket socket, byte[] piece, int enough) {
        long sent = 0;
        while (socket.isWritten(piece)) {
            sent += piece.length;
            assertThat(sent).as("bytes that were taken").isLessThan(enough);
        }
    }

    @ParameterizedTest
    @MethodSource
    void what_is_no_decent_request_is_answered_and_ends_the_connection(String request, int status) {
        start(asItIs -> {});
        try (RawSocket socket = RawSocket.connect(fixture).write(request)) {
            String head = socket.head();
            assertThat(head.split(" ", 3)[1]).isEqualTo(String.valueOf(status));
            assertThat(head.toLowerCase(Locale.ROOT)).contains("application/problem+json", "connection: close");
            socket.awaitEnd();
        }
        assertOthersAreServed();
    }

    static Stream<Arguments> what_is_no_decent_request_is_answered_and_ends_the_connection() {
        String get = "GET / HTTP/1.1\r\nHost: x\r\n";
        return Stream.of(
                Arguments.of("\u0016\u0003\u0001\u0002\u0000 what a TLS client says\r\n\r\n", 400),
                Arguments.of("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\n\r\n", 414),
                Arguments.of(get + "X-Long: " + "x".repeat(9_000) + "\r\n\r\n", 431),
                Arguments.of(get + "Host: y\r\n\r\n", 400),
                Arguments.of(get + "Transfer-Encoding: gzip, chunked\r\n\r\n", 400),
                Arguments.of(handshake("13", "Content-Length: 5\r\n"), 400));
    }

    @Test
    void http_2_is_not_spoken() {
        start(setup -> setup.connections = connections(100, 300, 300));
        try (RawSocket socket = RawSocket.connect(fixture).write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            assertThat(socket.status()).isEqualTo(501);
            socket.awaitEnd();
        }
        assertOthersAreServed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "8", "12", "14", "x"})
    void another_version_of_the_protocol_is_told_which_one_is_spoken(String version) {
        start(asItIs -> {});
        try (RawSocket old = RawSocket.connect(fixture).write(handshake(version))) {
            assertThat(old.head()).startsWith("HTTP/1.1 426 ").containsIgnoringCase("Sec-WebSocket-Version: 13\r\n");
        }
        assertOthersAreServed();
    }

    @Test
    void the_draft_whose_frames_are_not_masked_is_not_spoken() {
        start(asItIs -> {});
        String draft =
                "GET /sync HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\nOrigin: http://x\r\n\r\n";
        try (RawSocket old = RawSocket.connect(fixture).write(draft)) {
            assertThat(old.status()).isEqualTo(426);
        }
        assertOthersAreServed();
    }

    @Test
    void a_handshake_that_breaks_off_leaves_nothing() {
        start(setup -> setup.socketsWithoutHello = 2);
        for (int n = 0; n < 20; n++) {
            RawSocket.connect(fixture).write(handshake("13")).vanish();
            RawSocket.connect(fixture).write(handshake("13").substring(0, 60)).vanish();
        }
        assertOthersAreServed();
        fixture.welcomed("newcomer");
    }

    // Without a hello.

    @Test
    void of_too_many_sockets_without_a_hello_the_one_that_has_waited_for_longest_makes_room() {
        start(setup -> setup.socketsWithoutHello = 5);
        List<RawSocket> silent =
                IntStream.range(0, 5).mapToObj(n -> RawSocket.upgraded(fixture)).toList();
        // In the first second newcomers are those who have to come again; later, those who are silent.
        Await.until(Duration.ofSeconds(5), () -> isUpgraded(fixture));
        assertThat(silent.get(0).end()).isEqualTo(4408);
        for (int n = 0; n < 3; n++) {
            silent.get(1 + n).close();
            fixture.welcomed("newcomer").socket.close().onFailure(gone -> {});
        }
        silent.forEach(RawSocket::close);
        assertOthersAreServed();
    }

    private static boolean isUpgraded(GatewayFixture fixture) {
        try (RawSocket socket = RawSocket.connect(fixture).write(handshake("13"))) {
            return socket.status() == 101;
        }
    }

    @Test
    void sockets_that_do_not_even_answer_the_close_go_all_the_same() {
        start(setup -> setup.hello = Duration.ofMillis(200));
        List<RawSocket> silent = IntStream.range(0, 20)
                .mapToObj(n -> RawSocket.upgraded(fixture))
                .toList();
        assertThat(silent).allSatisfy(socket -> assertThat(socket.end()).isEqualTo(4408));
        assertOthersAreServed();
    }

    @ParameterizedTest
    @MethodSource
    void a_hello_that_is_none_ends_the_session(String hello, int code) {
        start(asItIs -> {});
        try (RawSocket socket = RawSocket.upgraded(fixture).text(hello)) {
            assertThat(socket.end()).isEqualTo(code);
        }
        assertOthersAreServed();
    }

    static Stream<Arguments> a_hello_that_is_none_ends_the_session() {
        return Stream.of(
                Arguments.of(hello("x".repeat(60_000)), 4401),
                Arguments.of(hello("a.b.c"), 4401),
                Arguments.of(hello(".".repeat(60_000)), 4401),
                Arguments.of(hello(token("alice") + "x"), 4401),
                Arguments.of(hello(""), 4401),
                Arguments.of(event("sync.hello", "\"data\":{\"token\":{}}"), 4401),
                Arguments.of(event("sync.hello", "\"data\":" + "[".repeat(30_000) + "]".repeat(30_000)), 4400),
                Arguments.of("[".repeat(65_000), 4400),
                Arguments.of("{\"a\":".repeat(13_000), 4400),
                Arguments.of(event("sync.hello", "\"type\":\"sync.hello\""), 4400),
                Arguments.of(hello(token("alice")).replace("{\"token\"", "{\"token\":\"\",\"token\""), 4400),
                Arguments.of(event("sync.hello", "\"n\":" + "9".repeat(60_000)), 4400),
                Arguments.of(hello(token("alice")) + hello(token("alice")), 4400),
                Arguments.of("\u0000", 4400),
                Arguments.of("", 4400));
    }

    @Test
    void numbers_as_large_as_can_be_cost_nothing() {
        start(asItIs -> {});
        try (RawSocket socket = RawSocket.upgraded(fixture)) {
            socket.text(event("sync.later", "\"n\":[1e999999999,-1e-999999999," + "9".repeat(900) + "]"));
            assertThat(socket.text(hello(token("alice"))).next().text()).contains("sync.welcome");
        }
        assertOthersAreServed();
    }

    // Frames.

    @ParameterizedTest
    @MethodSource
    void frames_that_break_the_rules_end_the_session_with_a_word(byte[] bytes, int code) {
        start(asItIs -> {});
        try (RawSocket socket = RawSocket.welcomed(fixture, "alice").write(bytes)) {
            assertThat(socket.end()).isEqualTo(code);
        }
        assertOthersAreServed();
    }

    static Stream<Arguments> frames_that_break_the_rules_end_the_session_with_a_word() {
        byte[] text = event("sync.later", "\"a\":1").getBytes(StandardCharsets.UTF_8);
        byte[] unmasked = frame(FINAL | TEXT, text);
        unmasked[1] &= 0x7f;
        return Stream.of(
                Arguments.of(header(FINAL | TEXT, Long.MAX_VALUE), 4413),
                Arguments.of(header(FINAL | BINARY, Long.MAX_VALUE), 4413),
                Arguments.of(header(FINAL | TEXT, Long.MIN_VALUE), 4400),
                Arguments.of(header(FINAL | TEXT, 65_537), 4413),
                Arguments.of(frame(FINAL | TEXT, new byte[65_537]), 4413),
                Arguments.of(frame(FINAL | TEXT, new byte[900_000]), 4413),
                Arguments.of(concat(frame(TEXT, new byte[60_000]), frame(CONTINUATION, new byte[6_000])), 4413),
                Arguments.of(frame(FINAL | BINARY, text), 4400),
                Arguments.of(unmasked, 4400),
                Arguments.of(frame(FINAL | 0x40 | TEXT, text), 4400),
                Arguments.of(frame(FINAL | 0x20 | TEXT, text), 4400),
                Arguments.of(frame(FINAL | 0x10 | TEXT, text), 4400),
                Arguments.of(frame(FINAL | 0x40 | PING, NOTHING), 4400),
                Arguments.of(frame(FINAL | 0x3, NOTHING), 4400),
                Arguments.of(frame(FINAL | 0x7, text), 4400),
                Arguments.of(frame(FINAL | 0xB, NOTHING), 4400),
                Arguments.of(frame(FINAL | 0xF, text), 4400),
                Arguments.of(frame(PING, NOTHING), 4400),
                Arguments.of(frame(CLOSE, NOTHING), 4400),
                Arguments.of(frame(FINAL | PING, new byte[126]), 4400),
                Arguments.of(frame(FINAL | PONG, new byte[70_000]), 4400),
                Arguments.of(frame(FINAL | CONTINUATION, text), 4400),
                Arguments.of(concat(frame(TEXT, text), frame(FINAL | TEXT, text)), 4400),
                Arguments.of(frame(FINAL | CLOSE, new byte[1]), 4400),
                Arguments.of(frame(FINAL | CLOSE, closing(999, "")), 4400),
                Arguments.of(frame(FINAL | CLOSE, closing(1005, "")), 4400),
                Arguments.of(frame(FINAL | CLOSE, new byte[] {3, (byte) 0xe8, (byte) 0xff}), 4400),
                Arguments.of(frame(FINAL | TEXT, new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}), 4400),
                Arguments.of(
                        concat(
                                frame(TEXT, new byte[] {'"', (byte) 0xe2}),
                                frame(FINAL | PING, NOTHING),
                                frame(FINAL | CONTINUATION, new byte[] {(byte) 0x28, (byte) 0xa1, '"'})),
                        4400));
    }

    @Test
    void a_compressed_frame_is_refused_though_compression_was_offered() {
        start(asItIs -> {});
        String offer =
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-webkit-deflate-frame\r\n";
        try (RawSocket socket = RawSocket.connect(fixture).write(handshake("13", offer))) {
            assertThat(socket.head())
                    .startsWith("HTTP/1.1 101 ")
                    .doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
            byte[] bomb = {(byte) 0xec, (byte) 0xc1, 0x01, 0x01, 0x00, 0x00, 0x00, (byte) 0x80, (byte) 0x90, (byte) 0xfe
            };
            socket.write(frame(FINAL | 0x40 | TEXT, bomb));
            assertThat(socket.end()).isEqualTo(4400);
        }
        assertOthersAreServed();
    }

    @Test
    void a_message_in_thousands_of_fragments_is_too_many_messages() {
        start(asItIs -> {});
        byte[][] fragments = new byte[5_000][];
        Arrays.fill(fragments, frame(CONTINUATION, new byte[] {'x'}));
        fragments[0] = frame(TEXT, new byte[] {'x'});
        try (RawSocket socket = RawSocket.welcomed(fixture, "alice")) {
            // Who goes on all the time may be cut before it has read the close frame.
            assertThat(socket.isWritten(concat(fragments))).isTrue();
            assertThat(socket.end()).isIn(4429, CUT);
        }
        assertOthersAreServed();
    }

    @ParameterizedTest
    @MethodSource
    void a_flood_of_frames_is_cut(int head, byte[] payload) {
        start(asItIs -> {});
        try (RawSocket flooding = RawSocket.welcomed(fixture, "alice")) {
            byte[][] frames = new byte[1_000][];
            Arrays.fill(frames, frame(head, payload));
            if ((head & 0xf) == CONTINUATION) {
                flooding.write(frame(TEXT, NOTHING));
            }
            assertCutWhileSending(flooding, concat(frames), ENDLESS_BYTES);
        }
        assertOthersAreServed();
        assertThat(MetricsIT.has(fixture, "sync_closes_total{code=\"4429\"}", closes -> closes == 1))
                .isTrue();
    }

    static Stream<Arguments> a_flood_of_frames_is_cut() {
        return Stream.of(
                Arguments.of(CONTINUATION, NOTHING),
                Arguments.of(FINAL | PING, NOTHING),
                Arguments.of(FINAL | PING, MAX_CONTROL),
                Arguments.of(FINAL | PONG, MAX_CONTROL),
                Arguments.of(FINAL | TEXT, event("sync.later", "\"a\":1").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void who_goes_on_after_the_close_without_an_answer_is_cut_at_once() {
        start(setup -> setup.closing = Duration.ofMinutes(1));
        try (RawSocket rude = RawSocket.welcomed(fixture, "alice").text("not a CloudEvent")) {
            byte[] message = frame(FINAL | TEXT, new byte[60_000]);
            assertCutWhileSending(rude, message, ENDLESS_BYTES);
        }
        assertOthersAreServed();
    }

    @Test
    void who_goes_on_after_it_broke_a_rule_of_frames_is_cut_at_once() {
        start(setup -> setup.closing = Duration.ofMinutes(1));
        try (RawSocket rude = RawSocket.welcomed(fixture, "alice").write(header(FINAL | TEXT, Long.MAX_VALUE))) {
            assertCutWhileSending(rude, new byte[60_000], ENDLESS_BYTES);
        }
        assertOthersAreServed();
    }

    @Test
    void who_pings_within_the_rate_and_reads_no_pong_is_cut() {
        // What takes an hour at ten a second: until all buffers on the way are full.
        start(setup -> {
            setup.framesPerSecond = 1_000_000_000;
            setup.frameBurst = 1_000_000_000;
        });
        byte[][] pings = new byte[100][];
        Arrays.fill(pings, frame(FINAL | PING, MAX_CONTROL));
        try (RawSocket deaf = RawSocket.connectWithoutRoom(fixture)) {
            deaf.upgrade().text(hello(token("alice"))).next();
            assertCutWhileSending(deaf, concat(pings), ENDLESS_BYTES);
        }
        assertOthersAreServed();
        assertThat(MetricsIT.has(fixture, "sync_closes_total{code=\"4408\"}", closes -> closes == 1))
                .isTrue();
    }

    @Test
    void who_pings_and_reads_the_pongs_stays() {
        start(setup -> {
            setup.framesPerSecond = 1_000_000_000;
            setup.frameBurst = 1_000_000_000;
        });
        try (RawSocket lively = RawSocket.welcomed(fixture, "decent")) {
            for (int n = 0; n < 2_000; n++) {
                byte[] payload = ("ping " + n).getBytes(StandardCharsets.UTF_8);
                assertThat(lively.write(frame(FINAL | PING, payload)).next().payload())
                        .isEqualTo(payload);
            }
            assertServed(decent);
            assertThat(lively.next().text()).contains("sync.task");
        }
        assertOthersAreServed();
    }

    // The end.

    @Test
    void nothing_is_said_after_the_answer_to_a_close() {
        start(asItIs -> {});
        try (RawSocket socket = RawSocket.welcomed(fixture, "decent")) {
            socket.write(concat(
                    frame(FINAL | CLOSE, closing(1000, "bye")),
                    frame(FINAL | PING, NOTHING),
                    frame(FINAL | TEXT, hello("x").getBytes(StandardCharsets.UTF_8)),
                    frame(FINAL | CLOSE, NOTHING)));
            assertThat(socket.next().closeCode()).isEqualTo(1000);
            socket.awaitEnd();
        }
        assertOthersAreServed();
    }

    @Test
    void a_client_that_never_answers_the_close_is_cut() {
        start(asItIs -> {});
        try (RawSocket stubborn = RawSocket.welcomed(fixture, "alice").text("not a CloudEvent")) {
            assertThat(stubborn.end()).isEqualTo(4400);
        }
        assertOthersAreServed();
    }

    @Test
    void a_client_that_reads_nothing_and_says_goodbye_is_cut() {
        start(setup -> {
            setup.framesPerSecond = 1_000_000_000;
            setup.frameBurst = 1_000_000_000;
        });
        try (RawSocket deaf = RawSocket.connectWithoutRoom(fixture)) {
            deaf.upgrade().text(hello(token("decent"))).next();
            fillBuffers();
            deaf.isWritten(frame(FINAL | CLOSE, closing(1000, "")));
            Await.until(Duration.ofSeconds(5), () -> MetricsIT.has(fixture, "sync_sockets", sockets -> sockets == 1));
        }
        assertOthersAreServed();
    }

    /** Until the operating system takes nothing more for the socket that does not read. */
    private void fillBuffers() {
        String title = "x".repeat(100_000);
        do {
            for (int n = 0; n < 20; n++) {
                String event = taskEvent("decent", ++revision, title);
                await(fixture.deliver(event));
                assertThat(decent.next()).isEqualTo(event);
            }
            await(vertx.timer(300));
        } while (!MetricsIT.has(fixture, "sync_queued_bytes", queued -> queued > 0));
    }
}
