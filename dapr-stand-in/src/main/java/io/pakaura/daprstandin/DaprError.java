package io.pakaura.daprstandin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * An answer of daprd that is an error.
 *
 * @param status of the HTTP response
 * @param body in JSON
 */
record DaprError(int status, ObjectNode body) {

    private static final String TYPE = "type.googleapis.com/google.rpc.";

    /** This app has no such component. */
    static DaprError componentNotFound(String component, Map<String, String> metadata) {
        String message = "pubsub " + component + " is not found";
        ObjectNode body = body("ERR_PUBSUB_NOT_FOUND", message);
        details(body).add(errorInfo("DAPR_PUBSUB_NOT_FOUND", metadata));
        return new DaprError(404, body);
    }

    /** The event is no JSON object. */
    static DaprError notACloudEvent(String component, String appId, String reason) {
        String message = "cannot create cloudevent";
        ObjectNode body = body("ERR_PUBSUB_CLOUD_EVENTS_SER", message);
        details(body)
                .add(resourceInfo(component, message))
                .add(errorInfo("DAPR_PUBSUB_CLOUD_EVENT_CREATION", Map.of("appID", appId, "error", reason)));
        return new DaprError(500, body);
    }

    /** The broker refused the event, or it is too large. */
    static DaprError notPublished(String component, String topic, String reason) {
        String message = whyNotPublished(component, topic, reason);
        ObjectNode body = body("ERR_PUBSUB_PUBLISH_MESSAGE", message);
        details(body)
                .add(resourceInfo(component, message))
                .add(errorInfo("DAPR_PUBSUB_PUBLISH_MESSAGE", Map.of("topic", topic, "error", reason)));
        return new DaprError(500, body);
    }

    static String whyNotPublished(String component, String topic, String reason) {
        return "error when publishing to topic %s in pubsub %s: %s".formatted(topic, component, reason);
    }

    /** The body of a bulk is no array of entries, or too large. */
    static DaprError entriesNotRead(PublishTarget target, String appId, String reason) {
        String message = "error when unmarshaling the request for topic %s pubsub %s: %s"
                .formatted(target.topic(), target.component(), reason);
        return ofBulk(target, "DAPR_PUBSUB_UNMARSHAL_EVENTS", message, Map.of("appID", appId));
    }

    /** An entry's event is not what its content type says. */
    static DaprError entryNotSerialised(PublishTarget target, String appId, String reason) {
        String message = "error when marshalling cloud event envelope for topic %s pubsub %s: %s"
                .formatted(target.topic(), target.component(), reason);
        return ofBulk(target, "DAPR_PUBSUB_MARSHAL_ENVELOPE", message, Map.of("appID", appId, "error", reason));
    }

    /** An entry has no id, or that of another. */
    static DaprError entryIdNotUnique(PublishTarget target, String appId) {
        String reason = "entryId is duplicated or not present for entry";
        String message = "error marshaling events to bytes for topic %s pubsub %s. error: %s"
                .formatted(target.topic(), target.component(), reason);
        return ofBulk(target, "DAPR_PUBSUB_MARSHAL_EVENTS", message, Map.of("appID", appId, "error", reason));
    }

    private static DaprError ofBulk(PublishTarget target, String reason, String message, Map<String, String> metadata) {
        ObjectNode body = body("ERR_PUBSUB_EVENTS_SER", message);
        details(body).add(resourceInfo(target.component(), message)).add(errorInfo(reason, metadata));
        return new DaprError(400, body);
    }

    /** The metadata of the request is not what it should be. */
    static DaprError invalidMetadata(PublishTarget target, String reason) {
        String message = "failed deserializing metadata. Error: " + reason;
        ObjectNode body = body("ERR_PUBSUB_REQUEST_METADATA", message);
        details(body)
                .add(resourceInfo(target.component(), message))
                .add(errorInfo("DAPR_PUBSUB_METADATA_DESERIALIZATION", target.metadata()));
        return new DaprError(400, body);
    }

    /** No route: daprd takes it for the invocation of an app that isn't named. */
    static DaprError noRoute() {
        return new DaprError(
                404,
                body("ERR_DIRECT_INVOKE", "failed getting app id either from the URL path or the header dapr-app-id"));
    }

    static DaprError rawPayloadNotReadable() {
        return notImplemented("a raw payload that is no JSON object");
    }

    /** Real sidecars can do this; this one says so. */
    static DaprError notImplemented(String what) {
        return new DaprError(501, body("ERR_API_UNIMPLEMENTED", what + " is not implemented by the stand-in"));
    }

    private static ObjectNode body(String code, String message) {
        return Json.MAPPER.createObjectNode().put("errorCode", code).put("message", message);
    }

    private static ArrayNode details(ObjectNode body) {
        return body.putArray("details");
    }

    private static ObjectNode resourceInfo(String component, String description) {
        return Json.MAPPER
                .createObjectNode()
                .put("@type", TYPE + "ResourceInfo")
                .put("description", description)
                .put("owner", "")
                .put("resource_name", component)
                .put("resource_type", "pubsub");
    }

    private static ObjectNode errorInfo(String reason, Map<String, String> metadata) {
        ObjectNode info = Json.MAPPER
                .createObjectNode()
                .put("@type", TYPE + "ErrorInfo")
                .put("domain", "dapr.io")
                .put("reason", reason);
        info.set("metadata", Json.MAPPER.valueToTree(metadata));
        return info;
    }
}
