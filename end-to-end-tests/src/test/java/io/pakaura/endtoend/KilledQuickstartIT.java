package io.pakaura.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.RestClient.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of writing. */
class KilledQuickstartIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int WRITES = 500;
    private static final int WRITERS = 4;

    @TempDir
    Path directory;

    @Test
    void what_was_answered_is_there_and_its_events_are_delivered() throws Exception {
        Map<String, Long> answered = writeUntilKilled();
        assertThat(answered).as("some writes before and none after").hasSizeBetween(WRITES / 4, WRITES - 1);

        try (RunningQuickstart again = RunningQuickstart.start(directory)) {
            String token = again.token("alice");
            JsonNode delta = delta(again, token);
            Map<String, Long> stored = new TreeMap<>();
            delta.get("tasks")
                    .forEach(task -> stored.put(
                            task.get("id").asText(), task.get("revision").asLong()));

            assertThat(stored).containsAllEntriesOf(answered);
            long last = delta.get("revision").asLong();
            assertThat(stored.values()).containsExactlyInAnyOrderElementsOf(upTo(last));
            Await.until(
                    Duration.ofSeconds(40), () -> eventRevisions("task-updates").containsAll(upTo(last)));
            Await.until(() -> eventRevisions("task-events").containsAll(upTo(last)));
            Await.until(
                    () -> committedOffset() == eventRevisions("task-updates").size());

            Response next = again.client().send(token, "POST", "/tasks", "{\"title\": \"after\"}");
            assertThat(next.json().get("revision").asLong()).isEqualTo(last + 1);
        }
    }

    private Map<String, Long> writeUntilKilled() throws Exception {
        Map<String, Long> answered = new ConcurrentHashMap<>();
        AtomicInteger sent = new AtomicInteger();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try (RunningQuickstart doomed = RunningQuickstart.start(directory)) {
            String token = doomed.token("alice");
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.execute(() -> write(doomed, token, sent, answered));
            }
            Await.until(() -> answered.size() >= WRITES / 2);
            doomed.kill();
        }
        writers.shutdown();
        assertThat(writers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        return answered;
    }

    private static void write(
            RunningQuickstart quickstart, String token, AtomicInteger sent, Map<String, Long> answered) {
        try {
            while (sent.incrementAndGet() <= WRITES) {
                String id = UUID.randomUUID().toString();
                Response response = quickstart
                        .client()
                        .send(token, "POST", "/tasks", "{\"id\": \"%s\", \"title\": \"t\"}".formatted(id));
                if (response.status() == 201) {
                    answered.put(id, response.json().get("revision").asLong());
                }
            }
        } catch (UncheckedIOException killed) {
            // Not answered, so nothing was promised.
        }
    }

    private static JsonNode delta(RunningQuickstart quickstart, String token) {
        JsonNode delta = quickstart
                .client()
                .send(token, "GET", "/tasks/changes?since=0&limit=500", "")
                .json();
        assertThat(delta.get("has_more").asBoolean()).isFalse();
        return delta;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /** What the broker holds: each line of a topic's file is an event that was accepted. */
    private List<Long> eventRevisions(String topic) {
        List<Long> revisions = new ArrayList<>();
        lines(topic)
                .forEach(line -> revisions.add(
                        line.path("event").path("data").path("revision").asLong()));
        return revisions;
    }

    /** Up to where the gateway's consumer group has acknowledged. */
    private long committedOffset() {
        return lines("__consumer_offsets").stream()
                .filter(line -> line.path("topic").asText().equals("task-updates"))
                .mapToLong(line -> line.path("offset").asLong())
                .max()
                .orElse(0);
    }

    private List<JsonNode> lines(String topic) {
        List<JsonNode> lines = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(directory.resolve("topics").resolve(topic + ".jsonl"))) {
                lines.add(MAPPER.readTree(line));
            }
        } catch (IOException tornLine) {
            return lines; // It is being written.
        }
        return lines;
    }
}
