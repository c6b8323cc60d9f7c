package io.pakaura.endtoend.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.endtoend.chaos.Outcome.Phase;
import io.pakaura.endtoend.system.ServiceProcess;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/** What must be so after an experiment. Each check says all that it finds. */
final class Checks {
    private static final List<String> TOPICS_OF_ALL_CHANGES = List.of("task-updates", "task-events");

    /** Less than a publish may take (DAPR_PUBLISH_TIMEOUT, 2 s): nobody waited for one. */
    private static final double MAX_MS = 1_500;

    /** Of p99 against that before the fault: a machine that starts processes meanwhile may be so much slower. */
    private static final double P99_FACTOR = 3;

    private static final double P99_SURPLUS_MS = 100;

    /** A statement that meets a database on its way down or up is answered after so long. */
    private static final long AROUND_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** A database that is away is told within 3 s. */
    private static final double MAX_WITHOUT_DATABASE_MS = 4_000;

    private static final int MAX_TOLD = 5;

    private final Outcome outcome;
    private final SoftAssertions softly = new SoftAssertions();

    Checks(Outcome outcome) {
        this.outcome = outcome;
    }

    void report() {
        softly.assertAll();
    }

    /** What is committed is published, as it was committed; and what was promised is committed. */
    Checks nothingWasLost() {
        softly.assertThat(outcome.emptyAfter())
                .as("the outbox is empty in time")
                .isPresent();
        none("repeats that differ from what they repeat", outcome.published().contradictions());
        for (String user : outcome.users()) {
            for (String topic : TOPICS_OF_ALL_CHANGES) {
                hasAllRevisions(topic, user);
                rebuildsTheTable(topic, user);
            }
        }
        none(
                "promises that no event keeps",
                outcome.answers().stream()
                        .filter(answer -> answer.isPromise() && !isKept(answer))
                        .toList());
        return this;
    }

    private void hasAllRevisions(String topic, String user) {
        long last = outcome.truth().revisions().getOrDefault(user, 0L);
        Set<Long> published = outcome.published().feed(topic, user).keySet();
        none(
                "revisions of %s that %s has not".formatted(user, topic),
                LongStream.rangeClosed(1, last)
                        .boxed()
                        .filter(revision -> !published.contains(revision))
                        .toList());
        none(
                "revisions of %s on %s that nobody has committed".formatted(user, topic),
                published.stream()
                        .filter(revision -> revision < 1 || revision > last)
                        .toList());
    }

    private void rebuildsTheTable(String topic, String user) {
        Map<String, JsonNode> rebuilt = outcome.published().rebuild(topic, user);
        Map<String, JsonNode> stored = outcome.truth().tasksOf(user);
        none(
                "tasks of %s that differ, from the events on %s and in the table".formatted(user, topic),
                Stream.concat(rebuilt.keySet().stream(), stored.keySet().stream())
                        .distinct()
                        .filter(id -> !Objects.equals(rebuilt.get(id), stored.get(id)))
                        .map(id -> rebuilt.get(id) + " and " + stored.get(id))
                        .toList());
    }

    private boolean isKept(Answer answer) {
        Map<Long, JsonNode> feed = outcome.published().feed("task-events", answer.user());
        if (answer.kind() == Write.Kind.CLEAR) {
            return LongStream.rangeClosed(answer.revision() - answer.cleared() + 1, answer.revision())
                    .allMatch(revision -> text(feed, revision, "action").equals("deleted"));
        }
        return text(feed, answer.revision(), "task_id").equals(answer.taskId());
    }

    private static String text(Map<Long, JsonNode> feed, long revision, String field) {
        return feed.containsKey(revision)
                ? feed.get(revision).path("data").path(field).asText()
                : "";
    }

    /** Some of them are told; a fault that loses one event often loses thousands. */
    private void none(String what, List<?> found) {
        softly.assertThat(found.subList(0, Math.min(MAX_TOLD, found.size())))
                .as("%s, %d in all", what, found.size())
                .isEmpty();
    }

    /** Whatever was done, no caller has met it. */
    Checks noRequestFailed() {
        return requestsFailedOnlyIf("never", answer -> false);
    }

    /** Nobody but those who talked to that process, from its end until it was as before. */
    Checks onlyRequestsFailedTo(ServiceProcess api) {
        return requestsFailedOnlyIf(
                "sent to " + api.name() + " while it was away",
                answer -> answer.api().equals(api.name()) && outcome.phaseOf(answer.time()) == Phase.DURING);
    }

    /** With 503, while it was away and for the moment that connections need to come back. */
    Checks requestsFailedOnlyForTheDatabase() {
        return requestsFailedOnlyIf(
                "503, around the fault",
                answer -> answer.status() == 503
                        && outcome.faults().stream()
                                .anyMatch(fault -> answer.time().begunAt() > fault.begin() - AROUND_NANOS
                                        && answer.time().begunAt() < fault.end() + AROUND_NANOS));
    }

    private Checks requestsFailedOnlyIf(String when, Predicate<Answer> allowed) {
        none(
                "requests that failed, other than those allowed to (%s)".formatted(when),
                outcome.failed().stream()
                        .filter(answer -> !allowed.test(answer))
                        .toList());
        return this;
    }

    /** During the fault and after it latencies are those of before, or those of the control. */
    Checks noRequestWasSlowed() {
        Latencies before = outcome.latencies(Phase.BEFORE);
        for (Phase phase : List.of(Phase.DURING, Phase.AFTER)) {
            Latencies latencies = outcome.latencies(phase);
            Latencies control = outcome.unavoidable(phase);
            softly.assertThat(latencies.p99())
                    .as("p99 %s of %s, before: %s, control: %s", phase, latencies, before, control)
                    .isLessThan(Math.max(before.p99(), control.p99()) * P99_FACTOR + P99_SURPLUS_MS);
            softly.assertThat(latencies.max())
                    .as("slowest %s of %s, control: %s", phase, latencies, control)
                    .isLessThan(control.max() + MAX_MS);
        }
        return this;
    }

    /** Whatever the answer was, it came in time. */
    Checks noRequestHung() {
        for (Phase phase : List.of(Phase.DURING, Phase.AFTER)) {
            softly.assertThat(outcome.latencies(phase).max())
                    .as("slowest %s of %s", phase, outcome.latencies(phase))
                    .isLessThan(MAX_WITHOUT_DATABASE_MS);
        }
        return this;
    }

    /** Something was done at all: the outbox had to keep what could not be published. */
    Checks theOutboxHadToWait() {
        softly.assertThat(outcome.maxAgeSeconds())
                .as("age of the oldest row, in seconds")
                .isGreaterThan(1);
        return this;
    }
}
