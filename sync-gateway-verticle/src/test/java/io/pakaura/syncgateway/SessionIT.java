package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static io.pakaura.syncgateway.GatewayFixture.taskEvent;
import static io.pakaura.syncgateway.GatewayFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.syncgateway.session.SessionLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A session, from hello on. How it ends is {@link CloseCodesIT}'s. */
@ExtendWith(VertxExtension.class)
class SessionIT {

    @Test
    void what_is_sent_in_one_piece_with_the_handshake_is_read(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        byte[] hello = RawSocket.frame(
                RawSocket.FINAL | RawSocket.TEXT,
                RawSocket.hello(GatewayFixture.token("alice")).getBytes(StandardCharsets.UTF_8));
        byte[] ping = RawSocket.frame(RawSocket.FINAL | RawSocket.PING, new byte[] {1});
        byte[] handshake = RawSocket.handshake("13").getBytes(StandardCharsets.ISO_8859_1);

        try (RawSocket eager = RawSocket.connect(fixture).write(RawSocket.concat(handshake, hello, ping))) {
            assertThat(eager.head()).startsWith("HTTP/1.1 101 ");
            assertThat(eager.next().text()).contains("sync.welcome");
            assertThat(eager.next().head()).isEqualTo(RawSocket.FINAL | RawSocket.PONG);
        }
    }

    @Test
    void a_client_with_a_good_token_is_welcomed(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.connect();
        client.hello(token("alice"));

        JsonObject welcome = client.expect("sync.welcome");
        assertThat(welcome.getString("specversion")).isEqualTo("1.0");
        assertThat(welcome.getString("id")).isNotBlank();
        assertThat(welcome.getString("source")).isNotBlank();
        JsonObject data = welcome.getJsonObject("data");
        assertThat(data.getString("session")).isNotBlank();
        assertThat(data.getInteger("ping_seconds")).isEqualTo(25);
        assertThat(Instant.parse(data.getString("token_expires_at"))).isAfter(Instant.now());
    }

    @Test
    void an_event_reaches_every_socket_of_its_user_as_the_same_text(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        List<Client> clients =
                IntStream.range(0, 5).mapToObj(n -> fixture.welcomed("alice")).toList();
        String event = taskEvent("alice", 1, "Milch, süß & 🥛  <b>");

        assertThat(await(fixture.deliver(event)).bodyAsString()).isEqualTo("{\"status\":\"SUCCESS\"}");

        assertThat(clients).allSatisfy(client -> assertThat(client.next()).isEqualTo(event));
    }

    @Test
    void nobody_sees_the_events_of_others(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client alice = fixture.welcomed("alice");
        Client bob = fixture.welcomed("bob");

        await(fixture.deliver(taskEvent("alice", 1)));
        await(fixture.deliver(taskEvent("bob", 7)));

        assertThat(alice.next()).isEqualTo(taskEvent("alice", 1));
        assertThat(bob.next()).isEqualTo(taskEvent("bob", 7));
        await(fixture.deliver(taskEvent("alice", 2)));
        assertThat(alice.next()).isEqualTo(taskEvent("alice", 2));
        assertThat(bob.hasHeardNothing()).isTrue();
    }

    @Test
    void what_one_sender_delivers_in_order_arrives_in_order(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.welcomed("alice");
        for (int revision = 1; revision <= 300; revision++) {
            await(fixture.deliver(taskEvent("alice", revision)));
        }
        for (int revision = 1; revision <= 300; revision++) {
            assertThat(client.next()).isEqualTo(taskEvent("alice", revision));
        }
    }

    @Test
    void the_welcome_comes_before_every_event_and_no_event_after_it_is_missing(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.eventLoops = 4);
        Future<Void> publishing = publishFrom(fixture, 1, 2000);
        List<Client> clients = new ArrayList<>();
        while (clients.size() < 20) {
            Client client = fixture.connect();
            client.hello(token("alice"));
            clients.add(client);
        }
        for (Client client : clients) {
            client.expect("sync.welcome");
        }
        await(publishing);
        await(fixture.deliver(taskEvent("alice", 2001)));
        assertThat(clients).allSatisfy(client -> {
            long first = client.expectData("sync.task").getLong("revision");
            for (long revision = first + 1; revision <= 2001; revision++) {
                assertThat(client.expectData("sync.task").getLong("revision")).isEqualTo(revision);
            }
        });
    }

    private static Future<Void> publishFrom(GatewayFixture fixture, long revision, long last) {
        return revision > last
                ? Future.succeededFuture()
                : fixture.deliver(taskEvent("alice", revision))
                        .compose(delivered -> publishFrom(fixture, revision + 1, last));
    }

    @Test
    void a_socket_that_left_hears_nothing_and_makes_room(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        List<Client> clients = IntStream.range(0, SessionLimits.OF_PROTOCOL.socketsOfUser())
                .mapToObj(n -> fixture.welcomed("alice"))
                .toList();
        await(clients.get(0).socket.close());
        assertThat(clients.get(0).closeCode()).isEqualTo(1000);

        Client next = fixture.connect();
        next.hello(token("alice"));
        next.expect("sync.welcome");
    }

    @Test
    void one_socket_more_than_a_user_may_have_is_closed_and_the_others_live(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        List<Client> clients = IntStream.range(0, SessionLimits.OF_PROTOCOL.socketsOfUser())
                .mapToObj(n -> fixture.welcomed("alice"))
                .toList();
        Client tooMany = fixture.connect();
        tooMany.hello(token("alice"));
        CloseCodesIT.assertClosed(fixture, tooMany, 4429, "this user has too many connections");
        assertThat(tooMany.hasHeardNothing()).isTrue();

        await(fixture.deliver(taskEvent("alice", 1)));
        assertThat(clients).allSatisfy(client -> client.expect("sync.task"));
    }

    @Test
    void a_message_in_several_frames_is_one_message(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.connect();
        String hello =
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"ü\",\"type\":\"sync.hello\",\"data\":{\"token\":\""
                        + token("alice") + "\"}}";
        Buffer bytes = Buffer.buffer(hello);
        int withinUmlaut = hello.indexOf('ü') + 1;
        await(client.socket.writeFrame(WebSocketFrame.textFrame("", false)));
        await(client.socket.writeFrame(WebSocketFrame.continuationFrame(bytes.slice(0, withinUmlaut), false)));
        await(client.socket.writeFrame(
                WebSocketFrame.continuationFrame(bytes.slice(withinUmlaut, bytes.length()), true)));
        client.expect("sync.welcome");
    }

    @Test
    void a_message_of_64_kib_is_read(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.welcomed("alice");
        String start = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"";
        client.write(start + "x".repeat(65_536 - start.length() - 2) + "\"}");
        await(fixture.deliver(taskEvent("alice", 1)));
        client.expect("sync.task");
    }

    @Test
    void types_that_the_gateway_does_not_know_are_ignored(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.connect();
        client.say("sync.of-the-future", new JsonObject());
        client.hello(token("alice"));
        client.expect("sync.welcome");
        client.say("sync.of-the-future", new JsonObject());
        await(fixture.deliver(taskEvent("alice", 1)));
        client.expect("sync.task");
    }
}
