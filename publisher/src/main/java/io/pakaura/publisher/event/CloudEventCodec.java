package io.pakaura.publisher.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import io.vertx.core.buffer.Buffer;

/** CloudEvents in structured JSON mode (CloudEvents JSON event format 1.0, section 3). */
public final class CloudEventCodec {
    /** Media type of an encoded event. */
    public static final String CONTENT_TYPE = JsonFormat.CONTENT_TYPE;

    private static final JsonFormat FORMAT = new JsonFormat();

    private CloudEventCodec() {}

    public static Buffer encode(CloudEvent event) {
        return Buffer.buffer(FORMAT.serialize(event));
    }

    /**
     * Reads an encoded event.
     *
     * @throws io.cloudevents.core.format.EventDeserializationException if it is not a CloudEvent in JSON
     */
    public static CloudEvent decode(Buffer json) {
        return FORMAT.deserialize(json.getBytes());
    }
}
