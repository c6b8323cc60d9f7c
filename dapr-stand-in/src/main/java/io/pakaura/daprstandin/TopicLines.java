package io.pakaura.daprstandin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of a topic's file: an event as accepted, and once in a while the numbers that the partitions have come to,
 * {@code {"next":[12,4,0]}}, which outlast the events.
 */
final class TopicLines {

    private TopicLines() {}

    /** A line of the file. */
    sealed interface Line {

        /** An event. */
        record Event(StoredEvent event) implements Line {}

        /** The offset that comes next, by partition. */
        record Next(List<Long> offsets) implements Line {}
    }

    static String encode(StoredEvent event) {
        StringWriter line = new StringWriter(event.payload().length() + 128);
        try (JsonGenerator json = Json.MAPPER.createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField("partition", event.partition());
            json.writeNumberField("offset", event.offset());
            json.writeStringField(
                    "time", Instant.ofEpochMilli(event.timestamp()).toString());
            json.writeStringField("key", event.key());
            json.writeObjectField("metadata", event.metadata());
            json.writeFieldName("event");
            json.writeRawValue(event.payload().toString());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    static String encodeNext(long[] offsets) {
        return Json.MAPPER
                .createObjectNode()
                .set("next", Json.MAPPER.valueToTree(offsets))
                .toString();
    }

    /** Reads a line back; an {@link IllegalArgumentException} if it is none of ours. */
    static Line decode(String line) {
        try {
            JsonNode json = Json.MAPPER.readTree(line);
            return json.has("next")
                    ? new Line.Next(List.of(Json.MAPPER.treeToValue(json.get("next"), Long[].class)))
                    : new Line.Event(event(json));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("not a line of a topic", e);
        }
    }

    private static StoredEvent event(JsonNode json) throws JsonProcessingException {
        Map<String, String> metadata = new HashMap<>();
        json.required("metadata")
                .fields()
                .forEachRemaining(
                        field -> metadata.put(field.getKey(), field.getValue().asText()));
        return new StoredEvent(
                json.required("partition").intValue(),
                json.required("offset").longValue(),
                Instant.parse(json.required("time").textValue()).toEpochMilli(),
                json.required("key").textValue(),
                Map.copyOf(metadata),
                Buffer.buffer(Json.MAPPER.writeValueAsBytes(json.required("event"))));
    }
}
