package io.pakaura.daprstandin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of a bulk publish, as daprd does: all of it or nothing. */
final class BulkEntries {

    private static final ObjectReader READER = reader();

    private BulkEntries() {}

    /**
     * One of them.
     *
     * @param event as the body of a single publish would have it
     */
    record Entry(String id, String contentType, Buffer event, Map<String, String> metadata) {}

    /** What came out. */
    sealed interface Result {

        record Entries(List<Entry> entries) implements Result {}

        /** The body is no array of entries. */
        record Malformed(String reason) implements Result {}

        /** An entry's event is not what its content type says. */
        record Mismatch(String reason) implements Result {}

        /** An entry has no id, or that of another. */
        record WithoutOwnId() implements Result {}
    }

    /** An element of the array as it came. */
    private record Element(
            @Nullable String entryId,
            @Nullable JsonNode event,
            @Nullable String contentType,
            @Nullable Map<String, @Nullable String> metadata) {

        static final Element NULL = new Element(null, null, null, null);

        String id() {
            return Objects.requireNonNullElse(entryId, "");
        }

        JsonNode json() {
            return Objects.requireNonNullElse(event, NullNode.getInstance());
        }

        String type() {
            return Objects.requireNonNullElse(contentType, "");
        }

        Map<String, String> metadataWithoutNulls() {
            Map<String, String> copy = new HashMap<>();
            if (metadata != null) {
                metadata.forEach((name, value) -> copy.put(name, Objects.requireNonNullElse(value, "")));
            }
            return copy;
        }
    }

    private static ObjectReader reader() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .withCoercionConfig(LogicalType.Textual, strings -> strings.setCoercion(
                                CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build()
                .readerForListOf(Element.class);
    }

    static Result read(Buffer body) {
        try {
            List<@Nullable Element> elements = READER.readValue(body.getBytes());
            return elements == null ? new Result.Entries(List.of()) : check(elements);
        } catch (JsonProcessingException e) {
            return new Result.Malformed(e.getOriginalMessage());
        } catch (IOException e) {
            return new Result.Malformed(e.toString());
        }
    }

    private static Result check(List<@Nullable Element> found) {
        List<Element> elements = found.stream()
                .map(element -> Objects.requireNonNullElse(element, Element.NULL))
                .toList();
        return elements.stream().map(Element::json).anyMatch(GoNumbers::overflow)
                ? new Result.Malformed("json: a number is too large")
                : entries(elements);
    }

    private static Result entries(List<Element> elements) {
        List<Entry> entries = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Element element : elements) {
            BulkEvent.Result event = BulkEvent.read(element.type(), element.json());
            if (event instanceof BulkEvent.Result.Mismatch mismatch) {
                return new Result.Mismatch(mismatch.reason());
            }
            if (element.id().isEmpty() || !ids.add(element.id())) {
                return new Result.WithoutOwnId();
            }
            Buffer bytes = ((BulkEvent.Result.Bytes) event).bytes();
            entries.add(new Entry(element.id(), element.type(), bytes, element.metadataWithoutNulls()));
        }
        return new Result.Entries(List.copyOf(entries));
    }
}
