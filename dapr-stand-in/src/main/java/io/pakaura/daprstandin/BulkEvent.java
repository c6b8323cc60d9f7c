package io.pakaura.daprstandin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;

/** Makes the event of an entry, which is a value in JSON, the bytes that a single publish would have as its body. */
final class BulkEvent {

    private static final Result MISMATCH = new Result.Mismatch("error: mismatch between contentType and event");

    private BulkEvent() {}

    /** What came out. */
    sealed interface Result {

        record Bytes(Buffer bytes) implements Result {}

        record Mismatch(String reason) implements Result {}
    }

    static Result read(String contentType, JsonNode event) {
        if (ContentType.isJson(contentType) || ContentType.isCloudEvent(contentType)) {
            return new Result.Bytes(Buffer.buffer(GoNumbers.asDoubles(event).toString()));
        }
        if (!event.isTextual()) {
            return MISMATCH;
        }
        if (ContentType.isBinary(contentType)) {
            return decode(event.textValue());
        }
        return ContentType.isText(contentType) ? new Result.Bytes(Buffer.buffer(event.textValue())) : MISMATCH;
    }

    private static Result decode(String base64) {
        // Go wants the padding, and passes over the ends of lines.
        String text = base64.replace("\r", "").replace("\n", "");
        try {
            if (text.length() % 4 == 0) {
                return new Result.Bytes(Buffer.buffer(Base64.getDecoder().decode(text.getBytes(UTF_8))));
            }
        } catch (IllegalArgumentException e) {
            return notBase64(String.valueOf(e.getMessage()));
        }
        return notBase64("no padding");
    }

    private static Result notBase64(String reason) {
        return new Result.Mismatch("error: unable to decode base64 application/octect-stream data: " + reason);
    }
}
