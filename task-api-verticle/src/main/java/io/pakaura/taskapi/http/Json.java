package io.pakaura.taskapi.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.publisher.event.EventJson;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON of requests and responses: a task looks the same here as in its events. */
final class Json {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final ObjectMapper MAPPER = EventJson.newMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);

    private Json() {}

    /**
     * Reads a body.
     *
     * @throws CharacterCodingException if it is not UTF-8 (RFC 8259, section 8.1)
     * @throws JsonProcessingException if it is not JSON, or names a member twice
     */
    static JsonNode read(Buffer body) throws CharacterCodingException, JsonProcessingException {
        // Left to itself, the parser takes UTF-16 and UTF-32 too, and bytes that are no UTF-8.
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes()));
        if (text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK) {
            text.get();
        }
        return MAPPER.readTree(text.toString());
    }

    static Buffer write(Object response) {
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(response));
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("a response cannot be written", fault);
        }
    }
}
