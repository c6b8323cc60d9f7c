package io.pakaura.endtoend.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The broker's topics, as somebody sees them who reads all of them from the beginning. */
public interface Topics extends AutoCloseable {

    /**
     * An event as it came to a topic.
     *
     * @param envelope the CloudEvent
     */
    record TopicEvent(String topic, JsonNode envelope) {}

    /** What came since the last call, up to now; in order within a partition. */
    List<TopicEvent> next();

    @Override
    void close();
}
