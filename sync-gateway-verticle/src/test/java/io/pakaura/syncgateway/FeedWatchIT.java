package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static io.pakaura.syncgateway.GatewayFixture.heartbeat;
import static io.pakaura.syncgateway.GatewayFixture.taskEvent;
import static io.pakaura.syncgateway.GatewayFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pakaura.publisher.testing.Await;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What clients and operators see of the feed's heartbeats, or of their absence. */
@ExtendWith(VertxExtension.class)
class FeedWatchIT {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static GatewayFixture start(Vertx vertx, Duration hold) {
        return GatewayFixture.start(vertx, setup -> {
            setup.heartbeats = false;
            setup.hold = hold;
            setup.eventLoops = 4;
        });
    }

    private static Client hello(GatewayFixture fixture, String user) {
        Client client = fixture.connect();
        client.hello(token(user));
        return client;
    }

    /** A client whose hello the gateway has read: it is on its way into its user's channel, ahead of what is delivered now. */
    private static Client joining(GatewayFixture fixture, String user) {
        Client client = hello(fixture, user);
        Promise<Buffer> pong = Promise.promise();
        client.socket.pongHandler(pong::tryComplete);
        await(client.socket.writePing(Buffer.buffer("read it?")));
        await(pong.future());
        return client;
    }

    @Test
    void the_gateway_is_ready_once_each_partition_had_a_heartbeat_and_stays_so(Vertx vertx) {
        var fixture = start(vertx, LONG);
        await(fixture.http
                .get(fixture.gateway.opsPort(), "127.0.0.1", "/dapr/subscribe")
                .send());
        assertThat(fixture.isGood("feed")).isFalse();
        fixture.deliver(heartbeat(0, 2), 0);
        assertThat(fixture.isGood("feed")).isFalse();
        fixture.deliver(heartbeat(1, 2), 1);
        Await.until(() -> fixture.isGood("feed"));

        fixture.deliver(heartbeat(1, 2, GatewayFixture.EPOCH, 60_000), 1);
        Await.until(() -> metric(fixture, "feed_stale") == 1);
        assertThat(fixture.get(fixture.gateway.opsPort(), "/health/ready").statusCode())
                .isEqualTo(200);
    }

    /** A sidecar asks once in its life, and its app may have been restarted since. */
    @Test
    void a_heartbeat_proves_the_subscription_too(Vertx vertx) {
        var fixture = start(vertx, LONG);
        assertThat(fixture.get(fixture.gateway.opsPort(), "/health/ready").statusCode())
                .isEqualTo(503);
        fixture.deliver(heartbeat(0, 1), 0);
        Await.until(
                () -> fixture.get(fixture.gateway.opsPort(), "/health/ready").statusCode() == 200);
    }

    @Test
    void clients_are_welcomed_when_the_feed_is_proved_and_get_no_event_from_before(Vertx vertx) {
        var fixture = start(vertx, LONG);
        List<Client> clients =
                IntStream.range(0, 8).mapToObj(n -> joining(fixture, "alice")).toList();
        await(fixture.deliver(taskEvent("alice", 1)));
        assertThat(clients).allMatch(Client::hasHeardNothing);

        fixture.deliver(heartbeat(0, 1), 0);
        clients.forEach(client -> client.expect("sync.welcome"));
        await(fixture.deliver(taskEvent("alice", 2)));
        assertThat(clients).allSatisfy(client -> assertThat(client.next()).isEqualTo(taskEvent("alice", 2)));
    }

    @Test
    void a_client_waits_its_time_and_is_then_welcomed_to_poll_until_the_feed_is_proved(Vertx vertx) {
        var fixture = start(vertx, Duration.ofMillis(300));
        Client client = hello(fixture, "alice");
        client.expect("sync.welcome");
        assertThat(client.expectData("sync.stale").getLong("spread_ms")).isPositive();
        await(fixture.deliver(taskEvent("alice", 1)));
        client.expect("sync.task");

        fixture.deliver(heartbeat(0, 1), 0);
        assertThat(client.expectData("sync.resync").getString("reason")).isNotBlank();
        await(fixture.deliver(taskEvent("alice", 2)));
        client.expect("sync.task");
    }

    @Test
    void a_token_that_ends_while_its_client_waits_ends_the_session(Vertx vertx) {
        var fixture = start(vertx, Duration.ofSeconds(3));
        Client client = fixture.connect();
        client.hello(token("alice", Duration.ofSeconds(1)));
        assertThat(client.closeCode()).isEqualTo(4401);
    }

    @Test
    void who_leaves_before_the_welcome_is_forgotten(Vertx vertx) {
        var fixture = start(vertx, Duration.ofMillis(300));
        Client gone = hello(fixture, "alice");
        await(gone.socket.close());
        Client stays = hello(fixture, "alice");
        stays.expect("sync.welcome");
        stays.expect("sync.stale");
    }

    @Test
    void a_lag_of_the_outbox_is_told_to_all_and_so_is_its_end(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> {
            setup.heartbeats = false;
            setup.eventLoops = 1; // So that they are told in more than one go.
        });
        fixture.deliver(heartbeat(0, 1), 0);
        List<Client> clients = IntStream.range(0, 600)
                .mapToObj(n -> fixture.welcomed("user-" + n))
                .toList();
        fixture.deliver(heartbeat(0, 1, GatewayFixture.EPOCH, 8_001), 0);
        List<JsonObject> stale =
                clients.stream().map(client -> client.expect("sync.stale")).toList();
        assertThat(stale).containsOnly(stale.get(0));
        assertThat(stale.get(0).getString("id")).isNotBlank();
        assertThat(stale.get(0).getJsonObject("data").getLong("spread_ms")).isEqualTo(600 * 1000 / 500);

        Client late = fixture.welcomed("user-0");
        late.expect("sync.stale");

        fixture.deliver(heartbeat(0, 1), 0);
        clients.forEach(client -> client.expect("sync.resync"));
        late.expect("sync.resync");
        assertThat(metric(fixture, "feed_changes_total{reason=\"lag\",told=\"stale\"}"))
                .isEqualTo(1);
        assertThat(metric(fixture, "feed_changes_total{reason=\"fresh\",told=\"resync\"}"))
                .isEqualTo(1);
    }

    @Test
    void another_epoch_is_told_to_all(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        Client client = fixture.welcomed("alice");
        fixture.deliver(heartbeat(0, 1, "another", 0), 0);
        JsonObject resync = client.expectData("sync.resync");
        assertThat(resync.getString("reason")).contains("history");
        assertThat(resync.getLong("spread_ms")).isEqualTo(1000);
        await(fixture.deliver(taskEvent("alice", 1)));
        client.expect("sync.task");
    }

    @Test
    void a_silence_is_told_within_fifteen_seconds_and_its_end_too(Vertx vertx) {
        var fixture = start(vertx, LONG);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var logger = (Logger) LoggerFactory.getLogger("io.pakaura.syncgateway.feed.FeedReports");
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        try {
            fixture.deliver(heartbeat(0, 2), 0);
            fixture.deliver(heartbeat(1, 2), 1);
            long last = System.nanoTime();
            Client client = fixture.welcomed("alice");
            client.expect("sync.stale");
            assertThat(Duration.ofNanos(System.nanoTime() - last))
                    .isBetween(Duration.ofSeconds(11), Duration.ofSeconds(15));
            assertThat(metric(fixture, "feed_heartbeat_age_seconds")).isGreaterThan(11);
            Await.until(() -> metric(fixture, "feed_stale") == 1);

            fixture.deliver(heartbeat(0, 2), 0);
            fixture.deliver(heartbeat(1, 2), 1);
            client.expect("sync.resync");
            Await.until(() -> metric(fixture, "feed_stale") == 0);
            assertThat(lines.list)
                    .extracting(ILoggingEvent::getLevel)
                    .containsExactly(Level.INFO, Level.WARN, Level.INFO);
            assertThat(lines.list.get(1).getFormattedMessage()).contains("[0, 1]");
        } finally {
            logger.setLevel(null);
            logger.detachAppender(lines);
        }
    }

    @Test
    void a_slow_reader_that_is_told_to_resync_still_knows_that_the_feed_is_stale(Vertx vertx) {
        var fixture = start(vertx, LONG);
        fixture.deliver(heartbeat(0, 1, GatewayFixture.EPOCH, 9_000), 0);
        Client slow = fixture.welcomed("alice");
        slow.expect("sync.stale");
        slow.socket.pause();
        for (int revision = 1; revision <= 200; revision++) {
            await(fixture.deliver(taskEvent("alice", revision, "x".repeat(100_000))));
        }
        slow.socket.resume();
        slow.skipTo("sync.resync");
        slow.expect("sync.stale");
    }

    @Test
    void a_broken_heartbeat_is_dropped_and_proves_nothing(Vertx vertx) {
        var fixture = start(vertx, LONG);
        var dropped = await(fixture.deliver(heartbeat(3, 2)));
        assertThat(dropped.statusCode()).isEqualTo(200);
        assertThat(dropped.bodyAsJsonObject().getString("status")).isEqualTo("DROP");
        assertThat(fixture.isGood("feed")).isFalse();
        fixture.deliver(heartbeat(0, 1), 0);
        Await.until(() -> fixture.isGood("feed"));
    }

    @Test
    void a_heartbeat_that_comes_by_another_partition_is_an_error_that_names_the_setting(Vertx vertx) {
        var fixture = start(vertx, LONG);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var logger = (Logger) LoggerFactory.getLogger("io.pakaura.syncgateway.feed.PartitionCheck");
        logger.addAppender(lines);
        try {
            fixture.deliver(heartbeat(0, 1), 2);
            fixture.deliver(heartbeat(0, 1), 0);
            fixture.deliver(taskEvent("alice", 1), 2);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.ERROR);
        assertThat(lines.list.get(0).getFormattedMessage()).contains("TASK_UPDATES_PARTITIONS");
    }

    private static double metric(GatewayFixture fixture, String name) {
        return fixture.get(fixture.gateway.opsPort(), "/metrics")
                .bodyAsString()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
