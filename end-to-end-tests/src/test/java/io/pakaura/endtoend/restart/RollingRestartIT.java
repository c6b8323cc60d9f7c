package io.pakaura.endtoend.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.endtoend.restart.Journal.Move;
import io.pakaura.endtoend.system.GatewayProcess;
import io.pakaura.endtoend.system.SyncSystem;
import io.pakaura.publisher.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Gateways go and come while people work: {@value Writes#PER_SECOND} changes a second, {@code -Drestart.clients=…} sockets. */
class RollingRestartIT {
    @RegisterExtension
    static final SyncSystem system = SyncSystem.withApis(2).withGateways(2);

    private static final int CLIENTS = Integer.getInteger("restart.clients", 2_000);

    /** What docs/operations.md promises: so many a second, and in the default time what is more than fits. */
    private static final int RECONNECTS_PER_SECOND = 100;

    private static final int DRAIN_SECONDS = 20;

    private static final int WINDOW_SECONDS = 2;

    /** Of one window: what a busy machine, which the clients are on too, brings into it late or early. */
    private static final double JITTER = 1.25;

    private static final long MAX_LATE_MS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> users =
            users("user-" + UUID.randomUUID().toString().substring(0, 8));
    private Vertx vertx;
    private Context loop;
    private Front front;
    private Crowd crowd;
    private Writes writes;

    /** @param connects when any client tried to connect, from the signal on */
    private record Restart(long clients, Duration end, List<Long> connects, List<Move> moves) {

        /** In any window of time, a second's. */
        double mostConnectsPerSecond() {
            long window = TimeUnit.SECONDS.toNanos(WINDOW_SECONDS);
            return connects.stream()
                            .mapToLong(begin -> connects.stream()
                                    .filter(at -> at - begin >= 0 && at - begin < window)
                                    .count())
                            .max()
                            .orElse(0)
                    / (double) WINDOW_SECONDS;
        }

        @Override
        public String toString() {
            return "%d clients, gone after %d ms, at most %.0f connects a second, gaps of at most %d ms"
                    .formatted(
                            clients,
                            end.toMillis(),
                            mostConnectsPerSecond(),
                            moves.stream().mapToLong(Move::gapMs).max().orElse(0));
        }
    }

    private static List<String> users(String prefix) {
        return IntStream.range(0, CLIENTS / 10).mapToObj(n -> prefix + "-" + n).toList();
    }

    @BeforeEach
    void begin() {
        vertx = Vertx.vertx();
        loop = vertx.getOrCreateContext();
        onItsLoop(() -> front = new Front(vertx, system.gateways()));
        Await.until(() -> system.gateways().stream().allMatch(front::isReady));
        onItsLoop(() -> {
            crowd = new Crowd(vertx, front, system.apis(), users, CLIENTS);
            writes = new Writes(vertx, system.apis(), users);
        });
        Await.until(PATIENCE, crowd::isServed);
    }

    /** Front, clients and writes share one event loop, so that none of them needs a lock. */
    private void onItsLoop(Runnable action) {
        Future.<Void>future(done -> loop.runOnContext(now -> {
                    action.run();
                    done.complete();
                }))
                .await();
    }

    @AfterEach
    void end() {
        writes.stop();
        Await.until(PATIENCE, writes::isDone);
        crowd.stop();
        front.stop();
        vertx.close().await();
    }

    @Test
    void everybody_moves_in_time_and_at_the_planned_rate_and_misses_nothing() {
        for (GatewayProcess gateway : system.gateways()) {
            Restart restart = restart(gateway);
            System.out.println(gateway.name() + ": " + restart);
            check(restart);
        }
        assertThat(crowd.journal().surprises()).isEmpty();
        checkThatAllConverge();
    }

    @Test
    void a_gateway_that_is_killed_is_missed_for_a_moment_only() {
        GatewayProcess gateway = system.gateway(1);
        gateway.kill();
        Await.until(PATIENCE, () -> crowd.servedBy(system.gateway(2)) == CLIENTS);
        gateway.start();
        checkThatAllConverge();
    }

    private Restart restart(GatewayProcess gateway) {
        Await.until(() -> front.isReady(gateway));
        long clients = crowd.servedBy(gateway);
        int moved = crowd.journal().moves().size();
        long signal = System.nanoTime();
        gateway.stop();
        Duration end = Duration.ofNanos(System.nanoTime() - signal);
        Await.until(PATIENCE, crowd::isServed);
        List<Move> moves = crowd.journal().moves();
        gateway.start();
        return new Restart(clients, end, crowd.journal().connectsSince(signal), moves.subList(moved, moves.size()));
    }

    private static void check(Restart restart) {
        assertThat(restart.moves()).hasSize((int) restart.clients());
        assertThat(restart.end()).isLessThan(Duration.ofSeconds(DRAIN_SECONDS + 2));
        assertThat(restart.moves()).allSatisfy(move -> {
            assertThat(move.lateMs()).isLessThan(MAX_LATE_MS);
            assertThat(move.gapMs()).isLessThan(MAX_LATE_MS);
        });
        double planned = Math.max(RECONNECTS_PER_SECOND, restart.clients() / (0.8 * DRAIN_SECONDS));
        assertThat(restart.mostConnectsPerSecond()).isLessThan(planned * JITTER);
    }

    private void checkThatAllConverge() {
        writes.stop();
        Await.until(PATIENCE, writes::isDone);
        System.out.printf(
                "%d writes, %d gaps in streams%n",
                writes.succeeded(), crowd.journal().gaps());
        assertThat(writes.failed()).isZero();
        Table table = Table.of(system.database());
        assertThat(users.stream().mapToLong(table::revisionOf).sum()).isEqualTo(writes.succeeded());
        Await.until(PATIENCE, () -> crowd.clients().stream()
                .allMatch(client -> client.last() == table.revisionOf(client.user())));
        assertThat(crowd.clients())
                .allSatisfy(client -> assertThat(client.replica().tasks()).isEqualTo(table.tasksOf(client.user())));
    }
}
