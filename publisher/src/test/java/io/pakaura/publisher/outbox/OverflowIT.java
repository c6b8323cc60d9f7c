package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More rows than a process may hold in memory. */
class OverflowIT {
    private static final Duration LEASE_MARGIN = Duration.ofSeconds(2);
    private static final int ROWS = 400;

    @RegisterExtension
    final RelayFixture fixture = new RelayFixture();

    @Test
    void rows_that_found_no_room_are_published_in_order_and_wait_for_no_sweep() throws Exception {
        OutboxRelay relay = relayWithRoomFor(30);
        List<OutboxRow> rows = written();

        rows.forEach(relay::offer); // It was not started: nothing is swept.

        Await.until(() -> fixture.rows() == 0);
        assertThat(fixture.meters.get("outbox.overflow").counter().count()).isGreaterThan(300);
        assertThat(fixture.meters.get("outbox.leases.taken").counter().count()).isZero();
        assertThat(fixture.taken("task-updates"))
                .isEqualTo(LongStream.rangeClosed(1, ROWS).boxed().toList());
        fixture.assertNothingWasTakenTwice();
        relay.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void while_the_sidecar_takes_nothing_they_stay_in_the_table_and_an_orderly_end_gives_them_back() throws Exception {
        fixture.sidecar().behave("task-updates", FakeSidecar.HANGS);
        fixture.sidecar().behave("task-events", FakeSidecar.HANGS);
        OutboxRelay relay = relayWithRoomFor(30);
        List<OutboxRow> rows = written();
        rows.forEach(relay::offer);
        Await.until(() -> fixture.meters.get("outbox.overflow").counter().count() > 300);

        Future<Void> closed = relay.close();

        closed.await(20, TimeUnit.SECONDS);
        assertThat(fixture.rows()).isEqualTo(ROWS);
        assertThat(fixture.count("SELECT count(*) FROM outbox WHERE leased_until > now() + interval '1 second'"))
                .isZero();
    }

    private OutboxRelay relayWithRoomFor(int rows) {
        int bytes = new Delivery(Offered.now(fixture.write(new OutboxSql(true), "bob", 1)), 1_000).bytes();
        fixture.execute("TRUNCATE outbox");
        return fixture.relay(
                new RelayConfig(4, rows * bytes, Duration.ofMillis(100), 100, LEASE_MARGIN, Duration.ofSeconds(2)));
    }

    private List<OutboxRow> written() {
        return LongStream.rangeClosed(1, ROWS)
                .mapToObj(revision -> fixture.write(new OutboxSql(true), "alice", revision))
                .toList();
    }
}
