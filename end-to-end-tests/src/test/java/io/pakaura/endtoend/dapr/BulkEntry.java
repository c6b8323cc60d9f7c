package io.pakaura.endtoend.dapr;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An entry of a bulk publish.
 *
 * @param event in JSON
 */
record BulkEntry(String entryId, String contentType, String event, Map<String, String> metadata) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A CloudEvent whose id is the entry's. */
    static BulkEntry of(String id) {
        return cloudEvent(id, PubSubFixture.event(id));
    }

    static BulkEntry cloudEvent(String entryId, String event) {
        return new BulkEntry(entryId, Publisher.CLOUD_EVENT, event, Map.of());
    }

    BulkEntry withKey(String key) {
        return with(Map.of("partitionKey", key));
    }

    BulkEntry inPartition(Object number) {
        return with(Map.of("partitionNumber", number.toString()));
    }

    BulkEntry with(Map<String, String> newMetadata) {
        return new BulkEntry(entryId, contentType, event, newMetadata);
    }

    /** The body of a request. */
    static String array(List<BulkEntry> entries) {
        return entries.stream().map(BulkEntry::json).collect(Collectors.joining(",", "[", "]"));
    }

    String json() {
        ObjectNode json = JSON.createObjectNode().put("entryId", entryId).put("contentType", contentType);
        json.putRawValue("event", new RawValue(event));
        return json.set("metadata", JSON.valueToTree(metadata)).toString();
    }
}
