package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.EventPublisher;
import io.pakaura.publisher.event.Topic;
import io.pakaura.publisher.testing.Await;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows on their way to a sidecar that is well. */
class OutboxRelayIT {
    @RegisterExtension
    final RelayFixture fixture = new RelayFixture();

    @Test
    void a_committed_row_reaches_its_topics_and_leaves_the_table() {
        fixture.publish(fixture.publisher(), "alice", 1);

        Await.until(() -> fixture.sidecar().taken().size() == 2);
        assertThat(fixture.sidecar().taken())
                .extracting(FakeSidecar.Taken::topic)
                .containsExactlyInAnyOrder("task-updates", "task-events");
        Await.until(() -> fixture.rows() == 0);
    }

    @Test
    void a_users_events_keep_their_order() {
        EventPublisher publisher = fixture.publisher();

        for (int revision = 1; revision <= 50; revision++) {
            fixture.publish(publisher, "alice", revision);
        }

        Await.until(() -> fixture.taken("task-updates").size() == 50);
        assertThat(fixture.taken("task-updates")).isEqualTo(upTo(50));
    }

    @Test
    void what_gathers_while_a_publish_is_in_flight_is_the_next_one_in_bulks_of_a_hundred() {
        EventPublisher publisher = fixture.publisher();

        fixture.publish(publisher, "alice", 1, 450);

        Await.until(() -> fixture.rows() == 0);
        for (String topic : List.of("task-updates", "task-events")) {
            assertThat(fixture.taken(topic)).isEqualTo(upTo(450));
        }
        assertThat(fixture.sidecar().taken().stream().mapToInt(FakeSidecar.Taken::together))
                .anyMatch(together -> together == 100)
                .allMatch(together -> together <= 100);
        assertThat(fixture.sidecar().taken())
                .extracting(FakeSidecar.Taken::user)
                .containsOnly("alice");
        assertThat(fixture.meters
                        .get("outbox.batch.size")
                        .tag("topic", "task-updates")
                        .summary()
                        .max())
                .isEqualTo(100);
    }

    @Test
    void what_a_dead_process_left_behind_is_published_once_its_lease_ran_out() {
        assertThat(fixture.write(new OutboxSql(true), "alice", 1)).isNotNull();
        fixture.endLeases();

        fixture.publisher();

        Await.until(() -> fixture.rows() == 0);
        assertThat(fixture.sidecar().taken()).hasSize(2);
        assertThat(fixture.meters.get("outbox.leases.taken").counter().count()).isEqualTo(1);
    }

    @Test
    void a_row_under_lease_is_left_to_its_writer() {
        OutboxRow leased = fixture.write(new OutboxSql(true), "alice", 1);

        fixture.publish(fixture.publisher(), "alice", 2);

        Await.until(() -> fixture.rows() == 1);
        assertThat(fixture.taken("task-updates")).containsExactly(2L);
        assertThat(leased.revision()).isEqualTo(1);
    }

    @Test
    void an_orderly_end_gives_back_what_could_not_be_sent() throws Exception {
        fixture.sidecar().behave("task-updates", FakeSidecar.HANGS);
        EventPublisher publisher = fixture.publisher();
        fixture.publish(publisher, "alice", 1, 20);

        publisher.close().await(20, TimeUnit.SECONDS);

        assertThat(fixture.count("SELECT count(*) FROM outbox WHERE leased_until > now() + interval '1 second'"))
                .isZero();
        assertThat(fixture.rows()).isEqualTo(20);
    }

    @Test
    void an_orderly_end_gives_back_what_a_sweep_brings_that_is_under_way() throws Exception {
        EventPublisher publisher = fixture.publisher();
        for (int revision = 1; revision <= 20; revision++) {
            assertThat(fixture.write(publisher.sql(), "alice", revision)).isNotNull();
        }
        Future<Void> closed;
        try (RelayFixture.Lock lock = fixture.lock("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE")) {
            lock.execute("UPDATE outbox SET leased_until = now()");
            lock.awaitWaiter("UPDATE outbox SET leased_until");
            closed = publisher.close();
        }

        closed.await(20, TimeUnit.SECONDS);
        assertThat(fixture.count("SELECT count(*) FROM outbox WHERE leased_until > now() + interval '1 second'"))
                .isZero();
        assertThat(fixture.rows()).isEqualTo(20);
    }

    @Test
    void what_is_published_is_not_published_again_because_it_can_not_be_deleted() {
        EventPublisher publisher = fixture.publisher();
        List<OutboxRow> rows = LongStream.rangeClosed(1, 10)
                .mapToObj(revision -> fixture.write(publisher.sql(), "alice", revision))
                .toList();
        try (RelayFixture.Lock lock = fixture.lock("SELECT FROM outbox WHERE revision = 1 FOR UPDATE")) {
            rows.forEach(publisher::committed);
            lock.awaitWaiter("DELETE FROM outbox");

            fixture.execute("UPDATE outbox SET leased_until = now() WHERE revision > 1");
            Await.until(
                    () -> fixture.meters.get("outbox.leases.taken").counter().count() >= 9);
        }

        Await.until(() -> fixture.rows() == 0);
        fixture.assertNothingWasTakenTwice();
    }

    @Test
    void a_row_without_a_reminder_does_not_owe_the_topic_of_reminders() {
        assertThat(fixture.write(new OutboxSql(true), "alice", 1).owed())
                .isEqualTo(Topic.TASK_UPDATES.bit() | Topic.TASK_EVENTS.bit());
    }

    @Test
    void two_processes_share_the_work() {
        for (int revision = 1; revision <= 300; revision++) {
            assertThat(fixture.write(new OutboxSql(true), "user-" + revision % 7, revision))
                    .isNotNull();
        }
        fixture.endLeases();

        fixture.publisher();
        fixture.publisher();

        Await.until(() -> fixture.rows() == 0);
        assertThat(fixture.sidecar().taken().stream().map(FakeSidecar.Taken::id).distinct())
                .hasSize(600);
        fixture.assertNothingWasTakenTwice();
    }

    @Test
    void with_dapr_disabled_no_row_is_written_nor_made_for_a_log_that_nobody_writes() {
        EventPublisher publisher = fixture.publisher(false);

        assertThat(fixture.write(publisher.sql(), "alice", 1)).isNull();
        assertThat(fixture.rows()).isZero();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
