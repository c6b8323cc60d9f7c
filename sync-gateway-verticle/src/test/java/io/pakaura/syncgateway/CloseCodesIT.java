package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static io.pakaura.syncgateway.GatewayFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.pakaura.syncgateway.session.SessionLimits;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What ends a session, from its client's side: a code that says what to do, a reason that says what was wrong, and a count.
 * Ends that take more than one client or some time are in {@link SessionIT} (too many sockets), {@link LivenessIT} (nothing
 * read, nothing said, the token's end) and {@link IssuerKeysIT} (no keys, too much said meanwhile).
 */
@ExtendWith(VertxExtension.class)
class CloseCodesIT {
    private static final String PONG = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"sync.pong\"}";
    private static final String NOT_JSON = "the message is not one JSON object without duplicate names";
    private static final String BAD_TOKEN = "the token is not valid";
    private static final String NO_USER = "the token's sub must have 1 to 255 printable characters";
    private static final String TOO_LARGE = "a message may have at most 65536 bytes";
    private static final String OTHER_SECRET = "a secret of somebody else, also of 32 bytes";

    /**
     * One cause.
     *
     * @param isWelcomed whether the client was welcomed before
     * @param does what it does then
     */
    private record Cause(int code, String reason, boolean isWelcomed, String what, Consumer<Client> does) {
        @Override
        public String toString() {
            return code + ", " + what;
        }
    }

    private static Cause first(int code, String reason, String what, Consumer<Client> does) {
        return new Cause(code, reason, false, what, does);
    }

    private static Cause later(int code, String reason, String what, Consumer<Client> does) {
        return new Cause(code, reason, true, what, does);
    }

    private static Cause says(String text, String reason) {
        return first(4400, reason, text, client -> client.write(text));
    }

    static Stream<Cause> malformed() {
        return Stream.of(
                says("", "the message is not a JSON object"),
                says("hello", NOT_JSON),
                says("[]", "the message is not a JSON object"),
                says("{}", "the event's specversion is not \"1.0\""),
                says(PONG.replace("\"1.0\"", "1.0"), "the event's specversion is not \"1.0\""),
                says(
                        PONG.replace("\"source\":\"s\"", "\"source\":7"),
                        "the event's source is missing, or not a string"),
                says(PONG.replace(",\"type\":\"sync.pong\"", ""), "the event's type is missing, or not a string"),
                says(PONG + " {}", NOT_JSON),
                says(PONG.replace("}", ",\"id\":\"2\"}"), NOT_JSON),
                first(
                        4400,
                        "sync.token came before sync.hello",
                        "sync.token first",
                        client -> client.renew(token("alice"))),
                later(
                        4400,
                        "a session says sync.hello once: it is one user's for life",
                        "a second hello",
                        client -> client.hello(token("alice"))),
                later(
                        4400,
                        "binary frames are not part of cloudevents.json",
                        "binary",
                        client -> await(client.socket.writeFinalBinaryFrame(Buffer.buffer(PONG)))),
                later(4400, "a text frame must be UTF-8", "half an umlaut", CloseCodesIT::breakUtf8));
    }

    private static void breakUtf8(Client client) {
        await(client.socket.writeFrame(WebSocketFrame.textFrame("{\"a\":\"", false)));
        await(client.socket.writeFrame(
                WebSocketFrame.continuationFrame(Buffer.buffer(new byte[] {(byte) 0xc3, 0x28, '"', '}'}), true)));
    }

    static Stream<Cause> tokens() {
        return Stream.of(
                hello("", 4401, "sync.hello has no data.token"),
                first(
                        4401,
                        "sync.hello has no data.token",
                        "no data",
                        client -> client.say("sync.hello", new JsonObject())),
                hello("nonsense", 4401, BAD_TOKEN),
                hello(token("alice", Duration.ofSeconds(-1)), 4401, "the token has expired"),
                hello(token("alice", Duration.ofHours(1), OTHER_SECRET), 4401, BAD_TOKEN),
                hello(token("alice\nbob"), 4403, NO_USER),
                hello(token(""), 4403, NO_USER),
                hello(token(null), 4403, NO_USER),
                hello(token(null, Duration.ofHours(1), OTHER_SECRET), 4401, BAD_TOKEN),
                renewal("", 4401, "sync.token has no data.token"),
                renewal("nonsense", 4401, BAD_TOKEN),
                renewal(token("bob"), 4401, "the token in sync.token is another user's"),
                renewal(token(null), 4403, NO_USER));
    }

    private static Cause hello(String token, int code, String reason) {
        return first(code, reason, "hello: " + token, client -> client.hello(token));
    }

    private static Cause renewal(String token, int code, String reason) {
        return later(code, reason, "renewal: " + token, client -> client.renew(token));
    }

    static Stream<Cause> limits() {
        return Stream.of(
                later(4413, TOO_LARGE, "one byte too much", client -> client.write("x".repeat(65_537))),
                later(4413, TOO_LARGE, "much too much", client -> client.write("x".repeat(200_000))),
                later(4413, TOO_LARGE, "too much in small frames", CloseCodesIT::writeMuchInSmallFrames),
                later(4429, "too many messages", "too many frames", CloseCodesIT::writeManyFrames));
    }

    private static void writeMuchInSmallFrames(Client client) {
        await(client.socket.writeFrame(WebSocketFrame.textFrame("x".repeat(40_000), false)));
        await(client.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(40_000)), true)));
    }

    private static void writeManyFrames(Client client) {
        for (int n = 0; n < SessionLimits.OF_PROTOCOL.frameBurst() + 20; n++) {
            client.socket.writePing(Buffer.buffer()).onFailure(closedMeanwhile -> {});
        }
    }

    @ParameterizedTest
    @MethodSource({"malformed", "tokens", "limits"})
    void what_a_client_must_not_do_closes_its_session(Cause cause, Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = cause.isWelcomed() ? fixture.welcomed("alice") : fixture.connect();

        cause.does().accept(client);

        assertClosed(fixture, client, cause.code(), cause.reason());
        assertThat(client.hasHeardNothing()).isTrue();
        Await.until(() -> MetricsIT.has(fixture, "sync_sockets", open -> open == 0));
        fixture.welcomed("alice");
    }

    @Test
    void who_does_not_say_hello_in_time_is_closed(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.hello = Duration.ofMillis(100));
        assertClosed(fixture, fixture.connect(), 4408, "sync.hello did not come in time");
    }

    @Test
    void who_leaves_a_ping_unanswered_is_closed_when_the_next_is_due(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.ping = Duration.ofMillis(100));
        Client client = fixture.welcomed("alice");
        client.expect("sync.ping");
        assertClosed(fixture, client, 4408, "sync.ping was not answered");
        assertThat(client.hasHeardNothing()).isTrue();
    }

    /** The other, which doesn't answer the close frame, keeps the gateway for as long as it takes to count. */
    @Test
    void who_is_still_there_when_the_gateway_goes_is_sent_elsewhere(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.drain = Duration.ofSeconds(2));
        Client client = fixture.welcomed("alice");
        RawSocket other = RawSocket.upgraded(fixture, "other");
        var closed = fixture.gateway.close();

        assertClosed(fixture, client, 1012, "this gateway is going");
        other.close();
        await(closed);
    }

    /** The first session of a gateway that ended so, and told its client why. */
    static void assertClosed(GatewayFixture fixture, Client client, int code, String reason) {
        assertThat(client.closeCode()).isEqualTo(code);
        assertThat(client.closeReason()).isEqualTo(reason);
        Await.until(() -> MetricsIT.has(fixture, "sync_closes_total{code=\"" + code + "\"}", count -> count == 1));
    }
}
