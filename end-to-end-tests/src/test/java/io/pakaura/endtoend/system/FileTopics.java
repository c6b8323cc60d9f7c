package io.pakaura.endtoend.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files that the stand-in keeps its topics in. */
final class FileTopics implements Topics {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SUFFIX = ".jsonl";

    private final Path directory;
    private final Map<Path, Integer> linesRead = new HashMap<>();

    FileTopics(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<TopicEvent> next() {
        List<TopicEvent> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(FileTopics::isTopic).toList()) {
                read(file, events);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return events;
    }

    private static boolean isTopic(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.startsWith("__");
    }

    private void read(Path file, List<TopicEvent> events) throws IOException {
        String topic = file.getFileName().toString().replace(SUFFIX, "");
        String content = Files.readString(file);
        // What is behind the last line's end is not accepted yet.
        List<String> lines =
                content.substring(0, content.lastIndexOf('\n') + 1).lines().toList();
        for (String line : lines.subList(linesRead.getOrDefault(file, 0), lines.size())) {
            JsonNode envelope = MAPPER.readTree(line).path("event");
            if (envelope.isObject()) {
                events.add(new TopicEvent(topic, envelope));
            }
        }
        linesRead.put(file, lines.size());
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
