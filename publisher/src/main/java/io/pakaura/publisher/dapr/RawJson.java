package io.pakaura.publisher.dapr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** JSON that goes into other JSON as it is, without being read. */
final class RawJson {
    private RawJson() {}

    /**
     * Appends an object with one more field.
     *
     * @param fields the others, one at least
     * @param value of that field
     */
    static Buffer append(Buffer body, ObjectNode fields, String name, Buffer value) {
        byte[] object = fields.toString().getBytes(StandardCharsets.UTF_8);
        // {…} without its end, so that the value can follow as its last field.
        return body.appendBytes(object, 0, object.length - 1)
                .appendString(",\"" + name + "\":")
                .appendBuffer(value)
                .appendString("}");
    }
}
