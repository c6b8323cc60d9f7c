package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pakaura.publisher.EventPublisher;
import io.pakaura.publisher.outbox.FakeSidecar.Behaviour;
import io.pakaura.publisher.testing.Await;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** The table of what the service does when events can't be published: log, fields, metric, and that none is lost. */
class DegradationIT {
    @RegisterExtension
    final RelayFixture fixture = new RelayFixture();

    private final Logger log = (Logger) LoggerFactory.getLogger(OutboxRelay.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("hangs", FakeSidecar.HANGS, Level.WARN, "timeout", "timeout"),
                Arguments.of("answers in drops", FakeSidecar.ANSWERS_IN_DROPS, Level.WARN, "timeout", "timeout"),
                Arguments.of("breaks off", FakeSidecar.BREAKS_OFF, Level.WARN, "unreachable", "unreachable"),
                Arguments.of("huge headers", FakeSidecar.HAS_HUGE_HEADERS, Level.WARN, "unreachable", "unreachable"),
                Arguments.of("garbage", FakeSidecar.ANSWERS_GARBAGE, Level.ERROR, "200", "refused"),
                Arguments.of("bad request", FakeSidecar.answers(400), Level.ERROR, "400", "refused"),
                Arguments.of("wrong token", FakeSidecar.answers(401), Level.ERROR, "401", "refused"),
                Arguments.of("forbidden", FakeSidecar.answers(403), Level.ERROR, "403", "refused"),
                Arguments.of("no component", FakeSidecar.answers(404), Level.ERROR, "404", "refused"),
                Arguments.of("fails", FakeSidecar.answers(500), Level.ERROR, "500", "refused"),
                Arguments.of("unavailable", FakeSidecar.answers(503), Level.ERROR, "503", "refused"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void what_a_sidecar_does_not_take_is_told_and_published_later_with_the_same_id(
            String name, Behaviour fault, Level level, String status, String outcome) {
        fixture.sidecar().behave("task-updates", fault);
        fixture.publish(fixture.publisher(), "alice", 1);

        Await.until(() -> fixture.published("task-updates", outcome) >= 2);
        assertTold(level, status);
        assertThat(fixture.taken("task-events")).containsExactly(1L);
        fixture.sidecar().behave("task-updates", FakeSidecar.TAKES);

        Await.until(() -> fixture.rows() == 0);
        assertThat(fixture.taken("task-updates")).containsExactly(1L);
        assertThat(Stream.concat(fixture.sidecar().refused().stream(), fixture.sidecar().taken().stream())
                        .filter(event -> event.topic().equals("task-updates"))
                        .map(FakeSidecar.Taken::id)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void what_a_sidecar_that_is_not_there_can_not_take_is_told_and_published_later() throws TimeoutException {
        EventPublisher publisher = fixture.publisher();
        fixture.sidecar().goDown();
        fixture.publish(publisher, "alice", 1);

        Await.until(() -> fixture.published("task-updates", "unreachable") >= 2);
        assertTold(Level.WARN, "unreachable");
        fixture.sidecar().comeUp();

        Await.until(() -> fixture.rows() == 0);
        assertThat(fixture.sidecar().taken()).hasSize(2);
    }

    @Test
    void what_is_published_is_told_to_who_debugs() {
        log.setLevel(Level.DEBUG);
        fixture.publish(fixture.publisher(), "alice", 1);

        Await.until(() -> fixture.rows() == 0);

        assertTold(Level.DEBUG, "204");
    }

    @Test
    void with_dapr_disabled_the_event_is_told_to_who_debugs() {
        log.setLevel(Level.DEBUG);
        fixture.publish(fixture.publisher(false), "alice", 1);

        assertTold(Level.DEBUG, "disabled");
        assertThat(fixture.rows()).isZero();
    }

    @Test
    void what_cannot_be_serialised_is_told_and_kept() {
        fixture.execute(
                """
                INSERT INTO outbox (user_id, revision, after, changed_at, correlation_id, traceparent, owed, leased_until)
                VALUES ('alice', 1, '{"id": "not a UUID"}', now(), 'corr', 'none', 7, now())
                """);
        fixture.publisher();

        Await.until(() -> fixture.attempts() >= 1);
        ILoggingEvent line = lines.list.get(0);
        assertThat(line.getLevel()).isEqualTo(Level.ERROR);
        assertThat(fields(line)).containsEntry("user_id", "alice").containsEntry("correlation_id", "corr");
        assertThat(fixture.meters.get("outbox.retries").counter().count()).isPositive();
        assertThat(fixture.rows()).isEqualTo(1);
    }

    private void assertTold(Level level, String status) {
        Map<String, Object> expected = Map.of(
                "event_type", "sync.task",
                "topic", "task-updates",
                "task_id", RelayFixture.TASK.toString(),
                "user_id", "alice",
                "correlation_id", "corr",
                "dapr_status", status);
        Await.until(() -> List.copyOf(lines.list).stream()
                .anyMatch(line -> line.getLevel() == level && expected.equals(fields(line))));
    }

    private static Map<String, Object> fields(ILoggingEvent line) {
        return line.getKeyValuePairs() == null
                ? Map.of()
                : line.getKeyValuePairs().stream().collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    }
}
