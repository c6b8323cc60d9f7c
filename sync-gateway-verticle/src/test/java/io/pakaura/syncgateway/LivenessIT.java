package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static io.pakaura.syncgateway.GatewayFixture.taskEvent;
import static io.pakaura.syncgateway.GatewayFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What ends a session by time: tokens, pings and readers that don't read. */
@ExtendWith(VertxExtension.class)
class LivenessIT {

    @Test
    void a_token_that_ends_ends_the_session(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.connect();
        client.hello(token("alice", Duration.ofSeconds(2)));
        client.expect("sync.welcome");
        String end = client.expectData("sync.token-expiring").getString("expires_at");
        CloseCodesIT.assertClosed(fixture, client, 4401, "the token has expired");
        assertThat(Instant.now()).isAfterOrEqualTo(Instant.parse(end));
    }

    @Test
    void a_client_is_told_in_time_and_a_fresh_token_keeps_the_session(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.tokenWarning = Duration.ofSeconds(2));
        Client client = fixture.connect();
        client.hello(token("alice", Duration.ofSeconds(3)));
        Instant first = Instant.parse(client.expectData("sync.welcome").getString("token_expires_at"));
        Instant told = Instant.parse(client.expectData("sync.token-expiring").getString("expires_at"));
        assertThat(told).isEqualTo(first).isAfter(Instant.now());

        client.renew(token("alice", Duration.ofSeconds(5)));
        Instant second = Instant.parse(client.expectData("sync.token-expiring").getString("expires_at"));
        assertThat(second).isAfter(first);
        assertThat(Instant.now()).isAfter(first.minusSeconds(1));
        await(fixture.deliver(taskEvent("alice", 1)));
        client.expect("sync.task");
        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @Test
    void a_token_that_ends_in_a_thousand_years_is_a_good_token(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.connect();
        client.hello(token("alice", Duration.ofDays(365_000)));
        client.expect("sync.welcome");
    }

    @Test
    void a_silent_gateway_pings_and_a_client_that_answers_stays(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.ping = Duration.ofMillis(200));
        Client client = fixture.welcomed("alice");
        Set<String> ids = new HashSet<>();
        for (int n = 0; n < 4; n++) {
            ids.add(client.expect("sync.ping").getString("id"));
            client.pong();
        }
        assertThat(ids).hasSize(4);
        await(fixture.deliver(taskEvent("alice", 1)));
        client.skipTo("sync.task");
    }

    @Test
    void a_peer_that_says_nothing_is_noticed_though_events_go_to_it_all_the_time(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.ping = Duration.ofMillis(300));
        Client vanished = fixture.welcomed("alice");
        long revision = 0;
        while (!vanished.isClosed() && revision < 400) {
            await(fixture.deliver(taskEvent("alice", ++revision)));
            await(vertx.timer(20));
        }
        CloseCodesIT.assertClosed(fixture, vanished, 4408, "sync.ping was not answered");
    }

    @Test
    void a_slow_reader_is_told_to_resync_once_it_has_read_what_was_queued(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client slow = fixture.welcomed("alice");
        Client quick = fixture.welcomed("alice");
        slow.socket.pause();
        long last = publishMuch(fixture, quick);

        slow.socket.resume();
        long revision = 0;
        int resyncs = 0;
        boolean isWarned = false;
        while (resyncs == 0 || revision < last) {
            var message = new JsonObject(slow.next());
            var data = message.getJsonObject("data");
            if (message.getString("type").equals("sync.resync")) {
                assertThat(data.getString("reason")).isNotBlank();
                assertThat(data.getLong("spread_ms")).isPositive();
                resyncs++;
                isWarned = true;
                await(fixture.deliver(taskEvent("alice", ++last)));
            } else {
                long next = data.getLong("revision");
                assertThat(next == revision + 1 || (next > revision && isWarned))
                        .as("a word before the gap from %d to %d", revision, next)
                        .isTrue();
                revision = next;
                isWarned = false;
            }
        }
    }

    @Test
    void a_reader_that_does_not_read_at_all_is_cut_off(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> {
            setup.slowReader = Duration.ofMillis(300);
            setup.closing = Duration.ofMillis(300);
        });
        Client stuck = fixture.welcomed("alice");
        Client quick = fixture.welcomed("alice");
        stuck.socket.pause();
        long last = publishUntilOneIsClosed(fixture, quick, "4408");

        // The close frame waits behind what nobody reads, so the end is that of the connection.
        stuck.socket.resume();
        assertThat(stuck.closeCode()).isIn(1006, 4408);
        await(fixture.deliver(taskEvent("alice", last + 1)));
        quick.expect("sync.task");
    }

    @Test
    void when_all_sockets_together_have_too_much_queued_those_with_the_most_are_cut(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.outboundBytes = 50_000);
        Client stuck = fixture.welcomed("alice");
        Client quick = fixture.welcomed("alice");
        stuck.socket.pause();
        long last;
        try (LogCapture log = LogCapture.access()) {
            last = publishUntilOneIsClosed(fixture, quick, "cut");
            Await.until(() -> !log.with("close_reason", "cut by the gateway").isEmpty());
        }

        stuck.socket.resume();
        assertThat(stuck.closeCode()).isEqualTo(1006);
        await(fixture.deliver(taskEvent("alice", last + 1)));
        quick.expect("sync.task");
    }

    /** Until the operating system's buffers are full, and then what the session's queue holds. */
    private static long publishMuch(GatewayFixture fixture, Client reader) {
        long revision = 0;
        do {
            revision = publishSome(fixture, reader, revision);
        } while (!MetricsIT.has(fixture, "sync_queued_bytes", queued -> queued > 0));
        return revision;
    }

    private static long publishUntilOneIsClosed(GatewayFixture fixture, Client reader, String code) {
        long revision = 0;
        do {
            revision = publishSome(fixture, reader, revision);
        } while (!MetricsIT.has(fixture, "sync_closes_total{code=\"" + code + "\"}", closed -> closed > 0));
        return revision;
    }

    private static long publishSome(GatewayFixture fixture, Client reader, long from) {
        String title = "x".repeat(100_000);
        for (long revision = from + 1; revision <= from + 100; revision++) {
            String event = taskEvent("alice", revision, title);
            await(fixture.deliver(event));
            assertThat(reader.next()).isEqualTo(event);
        }
        // What can be written is, and the gateway has looked at what cannot.
        LockSupport.parkNanos(Duration.ofMillis(600).toNanos());
        return from + 100;
    }
}
