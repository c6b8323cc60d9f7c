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
}
