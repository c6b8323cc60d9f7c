package io.pakaura.endtoend.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an experiment saw.
 *
 * @param name what was done
 * @param begun when requests were answered as they should, by {@link System#nanoTime}; not before, for JVMs warm up
 * @param faults when
 * @param answers what came of each write
 * @param control commits that had nothing to do with it
 * @param maxDepth the most rows that were seen in the outbox
 * @param maxAgeSeconds the greatest age that was seen of its oldest
 * @param emptyAfter how long after the last write the outbox was empty; nothing if it was not in time
 */
record Outcome(
        String name,
        long begun,
        List<Interval> faults,
        List<String> users,
        List<Answer> answers,
        List<Timed> control,
        long maxDepth,
        double maxAgeSeconds,
        Optional<Duration> emptyAfter,
        Truth truth,
        Published published) {

    enum Phase {
        WARM_UP,
        BEFORE,
        DURING,
        AFTER
    }

    /** From a fault until it is mended, by {@link System#nanoTime}. */
    record Interval(long begin, long end) {
        boolean overlaps(Timed time) {
            return time.begunAt() < end && time.endedAt() > begin;
        }
    }

    /** What takes time belongs to a fault that was there at any moment of it. */
    Phase phaseOf(Timed time) {
        if (time.begunAt() < begun) {
            return Phase.WARM_UP;
        }
        if (faults.stream().anyMatch(fault -> fault.overlaps(time))) {
            return Phase.DURING;
        }
        return time.endedAt() <= faults.get(0).begin() ? Phase.BEFORE : Phase.AFTER;
    }

    Latencies latencies(Phase phase) {
        return latencies(phase, answers.stream().map(Answer::time).toList());
    }

    /** Of the control. */
    Latencies unavoidable(Phase phase) {
        return latencies(phase, control);
    }

    private Latencies latencies(Phase phase, List<Timed> times) {
        return Latencies.of(
                times.stream().filter(time -> phaseOf(time) == phase).toList());
    }

    List<Answer> failed() {
        return answers.stream()
                .filter(answer -> answer.isFailed() && phaseOf(answer.time()) != Phase.WARM_UP)
                .toList();
    }

    /** How many failed, by status. */
    Map<Integer, Long> failures() {
        return failed().stream()
                .map(Answer::status)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
