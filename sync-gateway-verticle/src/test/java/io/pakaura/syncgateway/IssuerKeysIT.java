package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static io.pakaura.syncgateway.GatewayFixture.taskEvent;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.TestIssuer;
import io.pakaura.service.TokenConfig;
import io.pakaura.syncgateway.session.SessionLimits;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions with tokens of an issuer that publishes its keys, and may take its time to. */
@ExtendWith(VertxExtension.class)
class IssuerKeysIT {
    private final TestIssuer issuer = new TestIssuer();
    private final JWK next = TestIssuer.ecKey();

    @AfterEach
    void close() {
        issuer.close();
    }

    private GatewayFixture start(Vertx vertx) {
        return start(vertx, asItIs -> {});
    }

    private GatewayFixture start(Vertx vertx, Consumer<Setup> changes) {
        return GatewayFixture.start(vertx, setup -> {
            setup.tokens = new TokenConfig(new TokenConfig.Keys.Jwks(URI.create(issuer.url())), null, null);
            changes.accept(setup);
        });
    }

    /** A gateway that has not got its keys yet, because the issuer hesitates. */
    private GatewayFixture startWaiting(Vertx vertx, Consumer<Setup> changes) {
        issuer.hesitate();
        GatewayFixture fixture = start(vertx, changes);
        Await.until(() -> issuer.requests() == 1);
        return fixture;
    }

    private Client welcomed(GatewayFixture fixture, String user) {
        Client client = fixture.connect();
        client.hello(issuer.sign(user));
        client.expect("sync.welcome");
        return client;
    }

    @Test
    void a_session_begins_with_a_token_of_the_issuer_and_goes_on_with_one_of_its_next_key(Vertx vertx) {
        var fixture = start(vertx);
        Client client = welcomed(fixture, "alice");
        assertThat(readiness(fixture)).contains("\"id\":\"jwks\",\"status\":\"UP\"");

        issuer.rotate(next);
        Instant soon = Instant.now().plusSeconds(30);
        client.renew(TestIssuer.sign(next, "alice", soon));

        assertThat(expiryToldTo(client)).isEqualTo(soon.getEpochSecond());
        welcomed(fixture, "alice");
        await(fixture.deliver(taskEvent("alice", 1)));
        client.expect("sync.task");
    }

    @Test
    void a_key_that_nobody_has_is_refused(Vertx vertx) {
        var fixture = start(vertx);
        welcomed(fixture, "alice");
        Client stranger = fixture.connect();

        stranger.hello(TestIssuer.sign(next, "alice"));

        assertThat(stranger.closeCode()).isEqualTo(4401);
    }

    @Test
    void without_an_issuer_it_starts_and_sends_clients_away_to_try_again_until_there_is_one(Vertx vertx) {
        issuer.goDown();
        var fixture = start(vertx);
        Client early = fixture.connect();
        early.hello(issuer.sign("alice"));
        CloseCodesIT.assertClosed(fixture, early, 1012, "the token cannot be checked just now");
        assertThat(readiness(fixture)).contains("\"id\":\"jwks\",\"status\":\"DOWN\"");

        issuer.comeUp();

        Await.until(() -> readiness(fixture).contains("\"id\":\"jwks\",\"status\":\"UP\""));
        welcomed(fixture, "alice");
    }

    @Test
    void what_a_client_says_during_the_check_of_its_hello_waits_for_its_turn(Vertx vertx) {
        var fixture = startWaiting(vertx, asItIs -> {});
        Client client = fixture.connect();
        Instant soon = Instant.now().plusSeconds(30);
        client.hello(TestIssuer.sign(next, "alice"));
        client.pong();
        client.renew(TestIssuer.sign(next, "alice", soon));
        Client twice = fixture.connect();
        twice.hello(TestIssuer.sign(next, "alice"));
        twice.hello(TestIssuer.sign(next, "alice"));
        assertThat(client.hasHeardNothing()).isTrue();

        issuer.goOn(next);

        client.expect("sync.welcome");
        assertThat(expiryToldTo(client)).isEqualTo(soon.getEpochSecond());
        assertThat(twice.closeCode()).isEqualTo(4400);
    }

    @Test
    void who_says_too_much_during_a_check_is_closed(Vertx vertx) {
        var fixture = startWaiting(vertx, asItIs -> {});
        Client client = fixture.connect();
        client.hello(TestIssuer.sign(next, "alice"));

        JsonObject much = new JsonObject().put("x", "x".repeat(40_000));
        client.say("sync.of-the-future", much);
        client.say("sync.of-the-future", much);

        CloseCodesIT.assertClosed(fixture, client, 4429, "too much was said while a token was being checked");
    }

    @Test
    void a_hello_that_came_in_time_is_in_time_however_long_its_check_takes(Vertx vertx) {
        var fixture = startWaiting(vertx, setup -> setup.hello = Duration.ofMillis(500));
        Client silent = fixture.connect();
        Client client = fixture.connect();
        client.hello(TestIssuer.sign(next, "alice"));
        assertThat(silent.closeCode()).isEqualTo(4408);
        Client silentToo = fixture.connect();
        assertThat(silentToo.closeCode()).isEqualTo(4408);

        issuer.goOn(next);

        client.expect("sync.welcome");
    }

    @Test
    void sockets_that_close_during_the_check_leave_nothing_behind(Vertx vertx) {
        var fixture =
                startWaiting(vertx, setup -> setup.socketsWithoutHello = SessionLimits.OF_PROTOCOL.socketsOfUser());
        List<Client> impatient = IntStream.range(0, SessionLimits.OF_PROTOCOL.socketsOfUser())
                .mapToObj(n -> fixture.connect())
                .toList();
        impatient.forEach(client -> client.hello(TestIssuer.sign(next, "alice")));
        impatient.forEach(client -> await(client.socket.close()));
        impatient.forEach(client -> assertThat(client.closeCode()).isEqualTo(1000));

        issuer.goOn(next);

        for (int n = 0; n < SessionLimits.OF_PROTOCOL.socketsOfUser(); n++) {
            welcomed(fixture, "alice");
        }
    }

    @Test
    void of_two_fresh_tokens_the_second_waits_for_the_first_and_counts(Vertx vertx) {
        JWK known = TestIssuer.ecKey();
        issuer.rotate(known);
        var fixture = start(vertx);
        Client client = welcomed(fixture, "alice");
        issuer.hesitate();
        Instant first = Instant.now().plusSeconds(50);
        Instant second = Instant.now().plusSeconds(30);
        client.renew(TestIssuer.sign(next, "alice", first));
        client.renew(TestIssuer.sign(known, "alice", second));
        Await.until(() -> issuer.requests() == 2);

        issuer.goOn(next, known);

        assertThat(expiryToldTo(client)).isEqualTo(first.getEpochSecond());
        assertThat(expiryToldTo(client)).isEqualTo(second.getEpochSecond());
        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void events_go_on_while_a_fresh_token_is_being_checked(Vertx vertx) {
        var fixture = start(vertx);
        Client client = welcomed(fixture, "alice");
        issuer.hesitate();
        client.renew(TestIssuer.sign(next, "bob"));
        Await.until(() -> issuer.requests() == 2);
        await(fixture.deliver(taskEvent("alice", 1)));
        client.expect("sync.task");

        issuer.goOn(next);

        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @Test
    void a_fresh_token_that_cannot_be_checked_changes_nothing(Vertx vertx) {
        var fixture = start(vertx);
        Client client = welcomed(fixture, "alice");
        issuer.answer(500, "");

        client.renew(TestIssuer.sign(next, "alice", Instant.now().plusSeconds(30)));
        Await.until(() -> issuer.requests() == 2);
        client.say("sync.of-the-future", new JsonObject());
        await(fixture.deliver(taskEvent("alice", 1)));

        client.expect("sync.task");
        assertThat(client.socket.isClosed()).isFalse();
    }

    @Test
    void an_old_token_that_ends_during_the_check_of_a_fresh_one_ends_the_session(Vertx vertx) {
        var fixture = start(vertx);
        JWK known = TestIssuer.ecKey();
        issuer.rotate(known);
        Client client = fixture.connect();
        client.hello(TestIssuer.sign(known, "alice", Instant.now().plusSeconds(2)));
        client.expect("sync.welcome");
        issuer.hesitate();
        client.renew(TestIssuer.sign(next, "alice"));

        assertThat(client.closeCode()).isEqualTo(4401);
    }

    /** In seconds, as tokens count. */
    private static long expiryToldTo(Client client) {
        return Instant.parse(client.expectData("sync.token-expiring").getString("expires_at"))
                .getEpochSecond();
    }

    private static String readiness(GatewayFixture fixture) {
        return fixture.get(fixture.gateway.opsPort(), "/health/ready").bodyAsString();
    }
}
