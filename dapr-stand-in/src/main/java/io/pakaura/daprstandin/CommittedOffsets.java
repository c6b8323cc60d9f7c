package io.pakaura.daprstandin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each consumer group has come, in the topic of the name that it has in Kafka. Written behind: a kill may lose the
 * last positions, whose events are then delivered again.
 */
final class CommittedOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(CommittedOffsets.class);
    private static final String FILE = "__consumer_offsets.jsonl";
    private static final long MAX_FILE_BYTES = 1 << 20;

    private record Position(String group, String topic, int partition) {}

    private final Map<Position, Long> offsets;
    private final LineLog log;
    private Set<Position> unwritten = new LinkedHashSet<>();
    private boolean writing;

    private CommittedOffsets(Map<Position, Long> offsets, LineLog log) {
        this.offsets = offsets;
        this.log = log;
    }

    static CommittedOffsets inMemory() {
        return new CommittedOffsets(new LinkedHashMap<>(), LineLog.NONE);
    }

    /** Blocks. */
    static CommittedOffsets open(Vertx vertx, Path directory) throws IOException {
        Map<Position, Long> offsets = new LinkedHashMap<>();
        LineLog log = FileLineLog.open(vertx, directory.resolve(FILE), line -> read(line, offsets));
        return new CommittedOffsets(offsets, log);
    }

    private static void read(String line, Map<Position, Long> offsets) {
        try {
            JsonNode json = Json.MAPPER.readTree(line);
            Position position = new Position(
                    json.required("group").asText(),
                    json.required("topic").asText(),
                    json.required("partition").intValue());
            offsets.put(position, json.required("offset").longValue());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.error("a line of {} is skipped: {}", FILE, line, e);
        }
    }

    /** What is next for each group of a topic, by partition; without a position, a partition is read from its start. */
    Map<String, long[]> ofTopic(String topic, int partitions) {
        Map<String, long[]> groups = new LinkedHashMap<>();
        offsets.forEach((position, offset) -> {
            if (position.topic().equals(topic) && position.partition() < partitions) {
                groups.computeIfAbsent(position.group(), group -> new long[partitions])[position.partition()] = offset;
            }
        });
        return groups;
    }

    void commit(String group, String topic, int partition, long next) {
        Position position = new Position(group, topic, partition);
        offsets.put(position, next);
        unwritten.add(position);
        write();
    }

    void forget(String group, String topic) {
        offsets.keySet()
                .removeIf(position ->
                        position.group().equals(group) && position.topic().equals(topic));
        log.replace(() -> lines(offsets.keySet())).onFailure(CommittedOffsets::notWritten);
    }

    private void write() {
        if (writing || unwritten.isEmpty()) {
            return;
        }
        writing = true;
        Set<Position> now = unwritten;
        unwritten = new LinkedHashSet<>();
        List<String> lines = lines(now);
        Future<Void> written = log.size() > MAX_FILE_BYTES || lines.isEmpty()
                ? log.replace(() -> lines(offsets.keySet()))
                : log.append(String.join("\n", lines));
        written.onFailure(CommittedOffsets::notWritten).onComplete(done -> {
            writing = false;
            write();
        });
    }

    private List<String> lines(Set<Position> positions) {
        List<String> lines = new ArrayList<>();
        for (Position position : positions) {
            Long offset = offsets.get(position);
            if (offset != null) {
                lines.add(line(position, offset));
            }
        }
        return lines;
    }

    private static String line(Position position, long offset) {
        Map<String, Object> line = new HashMap<>();
        line.put("group", position.group());
        line.put("topic", position.topic());
        line.put("partition", position.partition());
        line.put("offset", offset);
        return Json.MAPPER.valueToTree(line).toString();
    }

    private static void notWritten(Throwable fault) {
        LOG.error("positions of consumer groups are not on disk: after a restart some events come again", fault);
    }

    /** Completes when the last positions are written. */
    Future<Void> close() {
        return log.close();
    }
}
