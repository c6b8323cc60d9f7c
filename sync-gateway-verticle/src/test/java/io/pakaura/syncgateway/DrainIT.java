package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients see of a gateway that is told to end. */
@ExtendWith(VertxExtension.class)
class DrainIT {

    /** So that the first of them goes after a second. */
    private static GatewayFixture inTenSeconds(Vertx vertx) {
        return GatewayFixture.start(vertx, setup -> setup.drain = Duration.ofSeconds(10));
    }

    private static List<Client> welcomed(GatewayFixture fixture, int clients) {
        return IntStream.range(0, clients)
                .mapToObj(n -> fixture.welcomed("user-" + n))
                .toList();
    }

    private static long hint(Client client) {
        return client.expectData("sync.goaway").getLong("reconnect_after_ms");
    }

    @Test
    void each_client_is_told_at_once_and_closed_for_restart_when_its_time_has_come(Vertx vertx) {
        var fixture = inTenSeconds(vertx);
        List<Client> clients = welcomed(fixture, 200);

        long begun = System.nanoTime();
        Future<Void> closed = fixture.gateway.close();
        List<Long> hints = clients.stream().map(DrainIT::hint).toList();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        await(closed);

        for (int n = 0; n < clients.size(); n++) {
            Client client = clients.get(n);
            assertThat(client.closeCode()).isEqualTo(1012);
            assertThat(TimeUnit.NANOSECONDS.toMillis(client.closedAt() - begun))
                    .isBetween(hints.get(n) - 150, hints.get(n) + 400);
        }
        for (long second = 1000; second < 3000; second += 500) {
            long begin = second;
            assertThat(hints)
                    .filteredOn(hint -> hint >= begin && hint < begin + 500)
                    .hasSizeBetween(35, 65);
        }
        assertThatThrownBy(fixture::connect).hasMessageContaining("refused");
    }

    @Test
    void who_is_still_there_is_served(Vertx vertx) {
        var fixture = inTenSeconds(vertx);
        Client early = fixture.welcomed("alice");
        Client silent = fixture.connect();

        Future<Void> closed = fixture.gateway.close();
        hint(early);
        hint(silent);
        await(fixture.deliver(GatewayFixture.taskEvent("alice", 1)));
        early.expect("sync.task");
        silent.hello(GatewayFixture.token("alice"));
        silent.expect("sync.welcome");
        await(fixture.deliver(GatewayFixture.taskEvent("alice", 2)));
        early.expect("sync.task");
        silent.expect("sync.task");
        assertThat(closed.isComplete()).isFalse();

        assertThat(early.closeCode()).isEqualTo(1012);
        assertThat(silent.closeCode()).isEqualTo(1012);
        await(closed);
    }

    @Test
    void nobody_else_is_let_in(Vertx vertx) {
        var fixture = inTenSeconds(vertx);
        Client client = fixture.welcomed("alice");
        Future<Void> closed = fixture.gateway.close();

        assertThat(fixture.get(fixture.gateway.opsPort(), "/health/ready").statusCode())
                .isEqualTo(503);
        assertThatThrownBy(() -> await(fixture.upgrade(UnaryOperator.identity())))
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refused -> assertThat(refused.getStatus())
                        .isEqualTo(503));
        assertThat(closed.isComplete()).isFalse();
        assertThat(client.closeCode()).isEqualTo(1012);
        await(closed);
    }

    @Test
    void clients_that_leave_early_end_it_early(Vertx vertx) {
        var fixture = inTenSeconds(vertx);
        List<Client> clients = welcomed(fixture, 10);
        long begun = System.nanoTime();
        Future<Void> closed = fixture.gateway.close();
        clients.forEach(client -> await(client.socket.close()));
        await(closed);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void a_gateway_without_clients_ends_at_once(Vertx vertx) {
        var fixture = inTenSeconds(vertx);
        long begun = System.nanoTime();
        await(fixture.gateway.close());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void being_told_twice_changes_nothing(Vertx vertx) {
        var fixture = inTenSeconds(vertx);
        Client client = fixture.welcomed("alice");
        Future<Void> once = fixture.gateway.close();
        Future<Void> twice = fixture.gateway.close();

        hint(client);
        await(fixture.deliver(GatewayFixture.taskEvent("alice", 1)));
        client.expect("sync.task");
        assertThat(twice.isComplete()).isFalse();
        assertThat(client.closeCode()).isEqualTo(1012);
        await(once);
        await(twice);
    }

    @Test
    void without_time_all_are_closed_at_once(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.drain = Duration.ZERO);
        List<Client> clients = welcomed(fixture, 300);
        long begun = System.nanoTime();
        await(fixture.gateway.close());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        assertThat(clients).allSatisfy(client -> {
            assertThat(hint(client)).isZero();
            assertThat(client.closeCode()).isEqualTo(1012);
        });
    }
}
