package io.pakaura.daprstandin;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a topic begins with: nothing, or what an earlier process left. */
final class TopicState {

    private static final Logger LOG = LoggerFactory.getLogger(TopicState.class);
    private static final String SUFFIX = ".jsonl";

    private final long[] next;
    private final Map<String, long[]> groups;
    private final List<StoredEvent> events = new ArrayList<>();

    private TopicState(int partitions, Map<String, long[]> groups) {
        this.next = new long[partitions];
        this.groups = groups;
    }

    /** A topic's file, open for appending, and what it had. */
    record Loaded(LineLog log, TopicState state) {}

    static TopicState empty(int partitions) {
        return new TopicState(partitions, Map.of());
    }

    /** The topics that have a file. Blocks. */
    static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX) && !file.startsWith(TopicName.INTERNAL))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Opens a topic's file, or creates it. Blocks.
     *
     * @throws IllegalStateException if the file has more partitions than are configured
     */
    static Loaded load(Vertx vertx, Path directory, String topic, Map<String, long[]> groups, int partitions)
            throws IOException {
        TopicState state = new TopicState(partitions, groups);
        Path file = directory.resolve(topic + SUFFIX);
        LineLog log = FileLineLog.open(vertx, file, line -> state.read(file, line));
        groups.values().forEach(state::limit);
        return new Loaded(log, state);
    }

    /** The offset that comes next, by partition. */
    long[] next() {
        return next.clone();
    }

    /** Where each consumer group goes on, by partition. */
    Map<String, long[]> groups() {
        return groups;
    }

    /** What some group hasn't had. */
    List<StoredEvent> events() {
        return events;
    }

    private void read(Path file, String line) {
        TopicLines.Line read;
        try {
            read = TopicLines.decode(line);
        } catch (IllegalArgumentException e) {
            LOG.error("a line of {} is skipped: {}", file, line, e);
            return;
        }
        if (read instanceof TopicLines.Line.Next header) {
            requirePartition(file, header.offsets().size() - 1);
            for (int partition = 0; partition < header.offsets().size(); partition++) {
                next[partition] = Math.max(next[partition], header.offsets().get(partition));
            }
        } else if (read instanceof TopicLines.Line.Event accepted) {
            add(file, accepted.event());
        }
    }

    private void add(Path file, StoredEvent event) {
        requirePartition(file, event.partition());
        next[event.partition()] = Math.max(next[event.partition()], event.offset() + 1);
        if (groups.values().stream().anyMatch(from -> from[event.partition()] <= event.offset())) {
            events.add(event);
        }
    }

    private void requirePartition(Path file, int partition) {
        if (partition >= next.length) {
            throw new IllegalStateException(
                    "%s has %d partitions or more, %d are configured: configure more, or delete it"
                            .formatted(file, partition + 1, next.length));
        }
    }

    /** A position behind the end is of a file that was lost: events would be skipped until the numbers catch up. */
    private void limit(long[] from) {
        Arrays.setAll(from, partition -> Math.min(from[partition], next[partition]));
    }
}
