package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.EventPublisher;
import io.pakaura.publisher.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows wait, and which don't, when something is refused or nobody answers. */
class RelayFaultsIT {
    @RegisterExtension
    final RelayFixture fixture = new RelayFixture();

    @Test
    void a_topic_that_fails_is_owed_and_repeated_alone_with_the_same_id() {
        fixture.sidecar().answer("task-events", 500);
        EventPublisher publisher = fixture.publisher();

        fixture.publish(publisher, "alice", 1);
        Await.until(() -> fixture.attempts() >= 1);
        fixture.sidecar().answer("task-events", 204);

        Await.until(() -> fixture.rows() == 0);
        assertThat(fixture.sidecar().taken())
                .extracting(FakeSidecar.Taken::topic)
                .containsExactly("task-updates", "task-events");
        assertThat(fixture.sidecar().refused()).isNotEmpty().allMatch(event -> event.id()
                .equals(fixture.sidecar().taken().get(1).id()));
    }

    @Test
    void a_topic_that_hangs_does_not_repeat_the_others() {
        fixture.sidecar().behave("task-events", FakeSidecar.HANGS);
        EventPublisher publisher = fixture.publisher();
        fixture.publish(publisher, "alice", 1, 40);

        // Their leases end, so they are taken over.
        Await.until(
                Duration.ofSeconds(60), () -> fixture.count("SELECT count(*) FROM outbox WHERE owed & 1 = 0") == 40);
        fixture.sidecar().answer("task-events", 204);

        Await.until(Duration.ofSeconds(60), () -> fixture.rows() == 0);
        assertThat(fixture.taken("task-updates")).hasSize(40);
        assertThat(fixture.taken("task-events")).hasSize(40);
        fixture.assertNothingWasTakenTwice();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_event_that_is_refused_backs_off_alone_whether_or_not_the_bulk_names_it(boolean named) {
        fixture.sidecar().refuse("50");
        if (!named) {
            fixture.sidecar().refuseWholeBulks();
        }
        EventPublisher publisher = fixture.publisher();

        fixture.publish(publisher, "alice", 1, 200);

        Await.until(() -> fixture.rows() == 1);
        List<Long> others = LongStream.rangeClosed(1, 200)
                .filter(revision -> revision != 50)
                .boxed()
                .toList();
        assertThat(fixture.taken("task-updates")).isEqualTo(others);
        assertThat(fixture.taken("task-events")).isEqualTo(others);
        fixture.assertNothingWasTakenTwice();
        assertThat(fixture.count("SELECT revision FROM outbox")).isEqualTo(50);
        Await.until(() -> fixture.attempts() == 3);
    }

    @Test
    void a_row_that_is_refused_while_nothing_else_is_sent_waits_twice_as_long_each_time() {
        fixture.sidecar().refuse("1");
        fixture.publish(fixture.publisher(), "alice", 1);

        Await.until(Duration.ofSeconds(30), () -> fixture.attempts() == 5);

        assertThat(fixture.count("SELECT (extract(epoch FROM leased_until - now()) * 1000)::bigint FROM outbox"))
                .isBetween(6_000L, 8_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 500})
    void an_outage_of_which_nobody_is_to_blame_is_over_in_seconds_however_long_it_was(int status) {
        fixture.sidecar().answer("task-updates", status);
        fixture.sidecar().answer("task-events", status);
        EventPublisher publisher = fixture.publisher();
        fixture.publish(publisher, "alice", 1, 300);
        Await.until(() -> fixture.sidecar().refused().stream()
                        .filter(event -> event.together() == 1)
                        .count()
                >= 8);
        int requests = fixture.sidecar().refused().size();
        assertThat(requests).isLessThan(1_000);

        fixture.sidecar().answer("task-updates", 204);
        fixture.sidecar().answer("task-events", 204);

        Await.until(Duration.ofSeconds(12), () -> fixture.rows() == 0);
        assertThat(fixture.taken("task-updates")).hasSize(300);
        fixture.assertNothingWasTakenTwice();
    }

    /** Ten rows that nobody takes, and not one that somebody does: the topic looks closed. */
    @Test
    void events_that_are_always_refused_hold_up_nobody_for_long() {
        for (int revision = 1; revision <= 10; revision++) {
            fixture.sidecar().refuse(Integer.toString(revision));
        }
        EventPublisher publisher = fixture.publisher();
        fixture.publish(publisher, "alice", 1, 10);
        Await.until(() -> fixture.published("task-updates", "refused") >= 4);

        for (String user : List.of("alice", "bob", "carol", "dave", "eve")) {
            fixture.publish(publisher, user, 1_000);
        }

        Await.until(
                Duration.ofSeconds(30),
                () -> fixture.sidecar().taken().stream()
                                .filter(event -> event.topic().equals("task-updates"))
                                .map(FakeSidecar.Taken::user)
                                .distinct()
                                .count()
                        == 5);
    }

    /** What gateways are told of: else one bad row would make every window stale. */
    @Test
    void a_row_that_is_always_refused_is_soon_no_lag_any_more_though_nothing_else_is_sent() {
        for (int revision = 1; revision <= 5; revision++) {
            fixture.sidecar().refuse(Integer.toString(revision));
        }
        fixture.publish(fixture.publisher(), "alice", 1, 5);

        Await.until(
                Duration.ofMinutes(2),
                () -> fixture.count("SELECT count(*) FROM outbox WHERE attempts <= " + BackOff.MAX_OUTAGE_ATTEMPTS)
                        == 0);
        assertThat(fixture.rows()).isEqualTo(5);
    }

    @Test
    void an_event_that_is_never_answered_does_not_take_its_bulk_along() {
        fixture.sidecar().leaveUnanswered("50");
        EventPublisher publisher = fixture.publisher();

        fixture.publish(publisher, "alice", 1, 100);

        Await.until(() -> fixture.rows() == 1);
        assertThat(fixture.taken("task-updates")).hasSize(99).doesNotContain(50L);
        Await.until(() -> fixture.attempts() >= 2);
    }

    @Test
    void a_users_events_keep_their_order_through_an_outage_of_a_few_seconds() throws Exception {
        EventPublisher publisher = fixture.publisher();
        fixture.publish(publisher, "alice", 1, 20);
        Await.until(() -> fixture.rows() == 0);

        fixture.sidecar().goDown();
        fixture.publish(publisher, "alice", 21, 120);
        Await.until(() -> fixture.published("task-updates", "unreachable") >= 3);
        fixture.publish(publisher, "alice", 121, 140);
        fixture.sidecar().comeUp();

        Await.until(() -> fixture.rows() == 0);
        assertThat(fixture.taken("task-updates"))
                .isEqualTo(LongStream.rangeClosed(1, 140).boxed().toList());
        assertThat(fixture.taken("task-events"))
                .isEqualTo(LongStream.rangeClosed(1, 140).boxed().toList());
    }

    @Test
    void a_task_that_cannot_be_read_backs_off_and_holds_up_nobody() {
        EventPublisher publisher = fixture.publisher();
        fixture.execute(
                """
                INSERT INTO outbox (user_id, revision, after, changed_at, correlation_id, traceparent, owed, leased_until)
                VALUES ('alice', 1, '{"id": "not a UUID"}', now(), 'corr', 'none', 7, now())
                """);

        fixture.publish(publisher, "alice", 2);

        Await.until(() -> fixture.taken("task-updates").contains(2L));
        Await.until(() -> fixture.attempts() >= 1 && fixture.rows() == 1);
    }
}
