package io.pakaura.publisher.dapr;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * An event to publish.
 *
 * @param metadata what the pub/sub component is told about it, such as {@code partitionKey} or {@code
 *     partitionNumber}
 * @param cloudEvent structured JSON (CloudEvents JSON event format 1.0); it is sent as it is
 */
public record OutgoingEvent(Map<String, String> metadata, Buffer cloudEvent) {
    private static final String PARTITION_KEY = "partitionKey";

    public OutgoingEvent {
        metadata = Map.copyOf(metadata);
    }

    /** @param partitionKey the record's key on Kafka: events with one key keep their order */
    public static OutgoingEvent keyed(String partitionKey, Buffer cloudEvent) {
        return new OutgoingEvent(Map.of(PARTITION_KEY, partitionKey), cloudEvent);
    }
}
