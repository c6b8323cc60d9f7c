package io.pakaura.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pakaura.endtoend.chaos.Outcome.Interval;
import io.pakaura.endtoend.system.Topics.TopicEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A check that finds nothing proves nothing: each has something to find here. */
class ChecksTest {
    private static final String USER = "alice";
    private static final Interval FAULT = new Interval(ms(1_000), ms(2_000));

    /** Alice made two tasks, renamed one and deleted the other. */
    private final List<TopicEvent> events = new ArrayList<>(List.of(
            event("task-updates", 1, "a", task("a", "first", 1)),
            event("task-updates", 2, "b", task("b", "second", 2)),
            event("task-updates", 3, "a", task("a", "renamed", 3)),
            event("task-updates", 4, "b", null),
            event("task-events", 1, "a", task("a", "first", 1)),
            event("task-events", 2, "b", task("b", "second", 2)),
            event("task-events", 3, "a", task("a", "renamed", 3)),
            event("task-events", 4, "b", null)));

    private final List<Answer> answers = new ArrayList<>(List.of(
            answer(Write.Kind.CREATE, "a", 0, 10, 201, 1),
            answer(Write.Kind.PATCH, "a", 1_500, 10, 200, 3),
            answer(Write.Kind.DELETE, "b", 2_500, 10, 204, 4)));

    private String title = "renamed";

    @Test
    void all_is_well_and_a_repeat_is_no_harm() {
        events.add(events.get(1));

        assertThatCode(() -> checks().nothingWasLost()
                        .noRequestFailed()
                        .noRequestWasSlowed()
                        .report())
                .doesNotThrowAnyException();
    }

    @Test
    void an_event_that_is_missing_is_found() {
        events.remove(1);

        assertFound(checks().nothingWasLost(), "revisions of alice that task-updates has not, 1 in all");
    }

    @Test
    void a_repeat_with_another_id_is_found() {
        ObjectNode repeat = (ObjectNode) events.get(0).envelope().deepCopy();
        events.add(new TopicEvent("task-updates", repeat.put("id", "another")));

        assertFound(checks().nothingWasLost(), "repeats that differ");
    }

    @Test
    void a_repeat_with_other_content_is_found() {
        ObjectNode repeat = (ObjectNode) events.get(0).envelope().deepCopy();
        events.add(new TopicEvent("task-updates", repeat.put("time", "later")));

        assertFound(checks().nothingWasLost(), "repeats that differ");
    }

    @Test
    void a_table_that_says_something_else_is_found() {
        title = "what no event says";

        assertFound(checks().nothingWasLost(), "tasks of alice that differ, from the events on task-events");
    }

    @Test
    void a_promise_that_was_not_kept_is_found() {
        answers.add(answer(Write.Kind.CREATE, "c", 1_000, 10, 201, 5));

        assertFound(checks().nothingWasLost(), "promises that no event keeps", "taskId=c");
    }

    @Test
    void a_request_that_failed_is_found() {
        answers.add(answer(Write.Kind.CREATE, "c", 1_000, 10, 503, 0));

        assertFound(checks().noRequestFailed(), "status=503");
    }

    @Test
    void a_request_that_waited_for_the_fault_is_found() {
        answers.add(answer(Write.Kind.CREATE, "a", 1_000, 2_000, 201, 1));

        assertFound(checks().noRequestWasSlowed(), "p99 DURING", "slowest DURING");
    }

    private static void assertFound(Checks checks, String... messages) {
        assertThatThrownBy(checks::report)
                .isInstanceOf(AssertionError.class)
                .message()
                .contains(messages);
    }

    private Checks checks() {
        return new Checks(new Outcome(
                "test",
                0,
                List.of(FAULT),
                List.of(USER),
                answers,
                List.of(),
                1,
                1,
                Optional.of(Duration.ofSeconds(1)),
                new Truth(Map.of(USER, 4L), Map.of(USER, Map.of("a", task("a", title, 3)))),
                Published.of(events, List.of(USER))));
    }

    private static TopicEvent event(String topic, long revision, String taskId, ObjectNode task) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("user_id", USER)
                .put("task_id", taskId)
                .put("revision", revision);
        if (task != null) {
            data.set("task", task);
        }
        ObjectNode envelope = JsonNodeFactory.instance.objectNode().put("id", topic + "/" + revision);
        envelope.set("data", data);
        return new TopicEvent(topic, envelope);
    }

    private static ObjectNode task(String id, String title, long revision) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("title", title)
                .put("revision", revision);
    }

    private static Answer answer(Write.Kind kind, String taskId, long atMs, long tookMs, int status, long revision) {
        return new Answer("task-api-1", kind, USER, taskId, new Timed(ms(atMs), ms(tookMs)), status, revision, 0);
    }

    private static long ms(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
