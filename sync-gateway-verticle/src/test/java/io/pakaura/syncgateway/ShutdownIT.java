package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.junit5.VertxExtension;
import java.net.BindException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a gateway starts in vain, and how it ends whatever its clients do. */
@ExtendWith(VertxExtension.class)
class ShutdownIT {

    @Test
    void a_client_that_does_not_answer_does_not_hold_the_end_up(Vertx vertx) {
        assertEndsInTime(vertx, setup -> {
            setup.closing = Duration.ofMillis(300);
            setup.drain = Duration.ofSeconds(5);
        });
    }

    @Test
    void the_drain_time_is_an_upper_bound(Vertx vertx) {
        assertEndsInTime(vertx, setup -> {
            setup.closing = Duration.ofMinutes(1);
            setup.drain = Duration.ofMillis(300);
        });
    }

    private static void assertEndsInTime(Vertx vertx, Consumer<Setup> times) {
        var fixture = GatewayFixture.start(vertx, times);
        Client deaf = fixture.welcomed("alice");
        deaf.socket.pause();
        for (int revision = 1; revision <= 200; revision++) {
            await(fixture.deliver(GatewayFixture.taskEvent("alice", revision, "x".repeat(100_000))));
        }
        long begun = System.nanoTime();
        await(fixture.gateway.close());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        deaf.socket.resume();
    }

    @Test
    void a_taken_port_fails_the_start_and_leaves_nothing_running(Vertx vertx) {
        NetServer squatter =
                await(vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
        Setup setup = new Setup();
        setup.httpPort = squatter.actualPort();
        Vertx own = Vertx.vertx();
        try {
            assertThatThrownBy(() -> await(SyncGateway.start(own, setup.config())))
                    .isInstanceOf(BindException.class);
            assertThat(own.deploymentIDs()).isEmpty();
        } finally {
            await(own.close());
        }
    }

    @Test
    void two_gateways_of_one_process_have_ports_of_their_own(Vertx vertx) {
        var one = GatewayFixture.start(vertx);
        var other = GatewayFixture.start(vertx);
        assertThat(one.gateway.httpPort()).isNotEqualTo(other.gateway.httpPort());
        one.welcomed("alice");
        other.welcomed("alice");
    }
}
