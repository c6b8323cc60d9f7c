package io.pakaura.taskapi.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.publisher.event.EventJson;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** JSON of requests and responses: a task looks the same here as in its events. */
final class Json {
    private static final ObjectMapper MAPPER = EventJson.newMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);

    private Json() {}

    /**
     * Reads a body.
     *
     * @throws IOException if it is not JSON, or names a member twice
     */
    static JsonNode read(Buffer body) throws IOException {
        return MAPPER.readTree(body.getBytes());
    }

    static Buffer write(Object response) {
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(response));
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a response cannot be written", fault);
        }
    }

    static JsonNode tree(Object response) {
        return MAPPER.valueToTree(response);
    }
}
