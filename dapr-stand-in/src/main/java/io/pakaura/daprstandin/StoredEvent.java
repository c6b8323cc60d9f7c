package io.pakaura.daprstandin;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event in its place in a topic.
 *
 * @param offset its number in the partition; rising, but not without gaps
 * @param timestamp when it was accepted, in milliseconds of the epoch
 * @param key what put it into its partition, if anything did
 * @param metadata what the publisher sent along, delivered as headers
 * @param payload the CloudEvent in JSON; not to be changed
 */
record StoredEvent(
        int partition,
        long offset,
        long timestamp,
        @Nullable String key,
        Map<String, String> metadata,
        Buffer payload) {}
