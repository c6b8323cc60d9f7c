package io.pakaura.publisher.dapr;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pakaura.publisher.event.CloudEventCodec;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bodies of Dapr's bulk publish. An entry's id is its place in the list. */
final class BulkBody {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private BulkBody() {}

    /** The request: events go into it as they are, since all of them are JSON already. */
    static Buffer of(List<OutgoingEvent> events) {
        Buffer body = Buffer.buffer();
        for (int i = 0; i < events.size(); i++) {
            OutgoingEvent event = events.get(i);
            body = RawJson.append(
                    body.appendString(i == 0 ? "[" : ","), entry(i, event.metadata()), "event", event.cloudEvent());
        }
        return body.appendString("]");
    }

    private static ObjectNode entry(int index, Map<String, String> metadata) {
        ObjectNode entry = MAPPER.createObjectNode()
                .put("entryId", Integer.toString(index))
                .put("contentType", CloudEventCodec.CONTENT_TYPE);
        metadata.forEach(entry.putObject("metadata")::put);
        return entry;
    }

    /**
     * Reads which entries failed, and why, by their place.
     *
     * @return empty unless the answer names one entry at least, and no other than those of the request: whoever says
     *     that a part failed must know which
     */
    static Optional<Map<Integer, String>> failedEntries(Buffer answer, int entries) {
        JsonNode failedEntries = tree(answer).path("failedEntries");
        if (!failedEntries.isArray()) {
            return Optional.empty();
        }
        Map<Integer, String> errors = new HashMap<>();
        for (JsonNode failed : failedEntries) {
            int index = place(failed.path("entryId"), entries);
            if (index < 0) {
                return Optional.empty();
            }
            errors.put(index, Answer.Received.beginning(failed.path("error").asText()));
        }
        return errors.isEmpty() ? Optional.empty() : Optional.of(errors);
    }

    /** A place in the list, or -1. */
    private static int place(JsonNode entryId, int entries) {
        if (!entryId.isTextual()) {
            return -1;
        }
        try {
            int index = Integer.parseInt(entryId.textValue());
            boolean isOurs = index < entries && entryId.textValue().equals(Integer.toString(index));
            return isOurs ? index : -1;
        } catch (NumberFormatException unknown) {
            return -1;
        }
    }

    private static JsonNode tree(Buffer answer) {
        try {
            return MAPPER.readTree(answer.getBytes());
        } catch (IOException garbage) {
            return MAPPER.missingNode();
        }
    }
}
