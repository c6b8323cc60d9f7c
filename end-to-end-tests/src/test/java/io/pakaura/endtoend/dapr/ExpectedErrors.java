package io.pakaura.endtoend.dapr;

/** The bodies of Dapr 1.18's errors, in full. */
final class ExpectedErrors {

    private ExpectedErrors() {}

    static String componentNotFound(String component) {
        return """
                {"errorCode": "ERR_PUBSUB_NOT_FOUND", "message": "pubsub %1$s is not found", "details": [
                  {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "domain": "dapr.io",
                   "metadata": {}, "reason": "DAPR_PUBSUB_NOT_FOUND"}]}
                """
                .formatted(component);
    }

    static String notPublished(String topic, String error) {
        String message = "error when publishing to topic %s in pubsub pubsub-kafka: %s".formatted(topic, error);
        return """
                {"errorCode": "ERR_PUBSUB_PUBLISH_MESSAGE", "message": "%1$s", "details": [
                  {"@type": "type.googleapis.com/google.rpc.ResourceInfo", "description": "%1$s",
                   "owner": "", "resource_name": "pubsub-kafka", "resource_type": "pubsub"},
                  {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "domain": "dapr.io",
                   "metadata": {"topic": "%2$s", "error": "%3$s"}, "reason": "DAPR_PUBSUB_PUBLISH_MESSAGE"}]}
                """
                .formatted(message, topic, error);
    }

    /** Without what is wrong with it, which is told in the words of a parser. */
    static String notACloudEvent() {
        return """
                {"errorCode": "ERR_PUBSUB_CLOUD_EVENTS_SER", "message": "cannot create cloudevent", "details": [
                  {"@type": "type.googleapis.com/google.rpc.ResourceInfo", "description": "cannot create cloudevent",
                   "owner": "", "resource_name": "pubsub-kafka", "resource_type": "pubsub"},
                  {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "domain": "dapr.io",
                   "metadata": {"appID": "task-api"}, "reason": "DAPR_PUBSUB_CLOUD_EVENT_CREATION"}]}
                """;
    }

    /** A bulk of which nothing was published, with the same 400 for whatever is wrong in it. */
    static String bulkRefused(String reason, String message, String metadata) {
        return """
                {"errorCode": "ERR_PUBSUB_EVENTS_SER", "message": "%1$s", "details": [
                  {"@type": "type.googleapis.com/google.rpc.ResourceInfo", "description": "%1$s",
                   "owner": "", "resource_name": "pubsub-kafka", "resource_type": "pubsub"},
                  {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "domain": "dapr.io",
                   "metadata": %2$s, "reason": "%3$s"}]}
                """
                .formatted(message, metadata, reason);
    }

    static String entryNotSerialised(String error) {
        return bulkRefused(
                "DAPR_PUBSUB_MARSHAL_ENVELOPE",
                "error when marshalling cloud event envelope for topic task-updates pubsub pubsub-kafka: " + error,
                "{\"appID\": \"task-api\", \"error\": \"%s\"}".formatted(error));
    }

    static String entryIdNotUnique() {
        String error = "entryId is duplicated or not present for entry";
        return bulkRefused(
                "DAPR_PUBSUB_MARSHAL_EVENTS",
                "error marshaling events to bytes for topic task-updates pubsub pubsub-kafka. error: " + error,
                "{\"appID\": \"task-api\", \"error\": \"%s\"}".formatted(error));
    }

    static String entriesNotRead(String error) {
        return bulkRefused(
                "DAPR_PUBSUB_UNMARSHAL_EVENTS",
                "error when unmarshaling the request for topic task-updates pubsub pubsub-kafka: " + error,
                "{\"appID\": \"task-api\"}");
    }

    static String noBoolean(String rawPayload) {
        String message =
                "failed deserializing metadata. Error: rawPayload value must be a valid boolean: actual is '%s'"
                        .formatted(rawPayload);
        return """
                {"errorCode": "ERR_PUBSUB_REQUEST_METADATA", "message": "%1$s", "details": [
                  {"@type": "type.googleapis.com/google.rpc.ResourceInfo", "description": "%1$s",
                   "owner": "", "resource_name": "pubsub-kafka", "resource_type": "pubsub"},
                  {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "domain": "dapr.io",
                   "metadata": {"rawPayload": "%2$s"}, "reason": "DAPR_PUBSUB_METADATA_DESERIALIZATION"}]}
                """
                .formatted(message, rawPayload);
    }
}
