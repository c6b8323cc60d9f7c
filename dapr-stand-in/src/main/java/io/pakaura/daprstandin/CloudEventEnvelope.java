package io.pakaura.daprstandin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Makes what an app publishes a CloudEvent, as daprd does where tracing is off. */
final class CloudEventEnvelope {

    private static final String DEFAULT_SOURCE = "Dapr";
    private static final String DEFAULT_TYPE = "com.dapr.event.sent";
    private static final String DEFAULT_CONTENT_TYPE = "text/plain";

    private final String appId;
    private final Clock clock;

    CloudEventEnvelope(String appId, Clock clock) {
        this.appId = appId;
        this.clock = clock;
    }

    /** What came out. */
    sealed interface Result {

        record Event(Buffer json) implements Result {}

        record NotACloudEvent(String reason) implements Result {}

        /** {@code null}, on which daprd panics. */
        record Null() implements Result {}

        /** A raw payload that no subscriber could read as a CloudEvent: daprd tries again for ever. */
        record NotReadable() implements Result {}
    }

    /**
     * The event as the broker gets it.
     *
     * @param target whose metadata may name attributes of a wrapped event: {@code cloudevent.id} and others
     * @param contentType of the body, with or without parameters; empty if the request had none
     */
    Result envelop(PublishTarget target, String contentType, Buffer body) {
        return ContentType.isCloudEvent(contentType)
                ? complete(target, body)
                : new Result.Event(write(wrap(contentType, body, target.metadata()), target));
    }

    /** The event without an envelope: as it is, but for white space, since a topic's file has a line for an event. */
    static Result raw(Buffer body) {
        try {
            return Json.MAPPER.readTree(body.getBytes()) instanceof ObjectNode event
                    ? new Result.Event(write(event))
                    : new Result.NotReadable();
        } catch (IOException notJson) {
            return new Result.NotReadable();
        }
    }

    private Result complete(PublishTarget target, Buffer body) {
        JsonNode sent;
        try {
            sent = Json.MAPPER.readTree(body.getBytes());
        } catch (JsonProcessingException e) {
            return new Result.NotACloudEvent(e.getOriginalMessage());
        } catch (IOException e) {
            return new Result.NotACloudEvent(e.toString());
        }
        if (sent.isNull()) {
            return new Result.Null();
        }
        if (!(sent instanceof ObjectNode event)) {
            return new Result.NotACloudEvent("json: not an object");
        }
        completeAttributes(event);
        return new Result.Event(write(event, target));
    }

    private void completeAttributes(ObjectNode event) {
        putIfAbsent(event, "time", now());
        if (!event.has("traceid")) {
            event.put("traceid", "").put("traceparent", "");
        }
        putIfAbsent(event, "tracestate", "");
        putIfNull(event, "source", DEFAULT_SOURCE);
        putIfNull(event, "type", DEFAULT_TYPE);
        putIfNull(event, "specversion", "1.0");
    }

    private static void putIfAbsent(ObjectNode event, String attribute, String value) {
        if (!event.has(attribute)) {
            event.put(attribute, value);
        }
    }

    private static void putIfNull(ObjectNode event, String attribute, String value) {
        if (!event.hasNonNull(attribute)) {
            event.put(attribute, value);
        }
    }

    private ObjectNode wrap(String contentType, Buffer body, Map<String, String> metadata) {
        String type = contentType.isEmpty() ? DEFAULT_CONTENT_TYPE : contentType;
        ObjectNode event = attributes(metadata).put("datacontenttype", type);
        if (ContentType.isBinary(type)) {
            return event.put("data_base64", Base64.getEncoder().encodeToString(body.getBytes()));
        }
        event.set("data", ContentType.isJson(type) ? jsonOrText(body) : text(body));
        return event;
    }

    private ObjectNode attributes(Map<String, String> metadata) {
        Map<String, String> own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        own.putAll(metadata);
        String trace = own.getOrDefault("cloudevent.traceparent", own.getOrDefault("cloudevent.traceid", ""));
        ObjectNode event = Json.MAPPER
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", own.getOrDefault("cloudevent.id", UUID.randomUUID().toString()))
                .put("source", own.getOrDefault("cloudevent.source", appId))
                .put("type", own.getOrDefault("cloudevent.type", DEFAULT_TYPE))
                .put("time", now())
                .put("traceid", trace)
                .put("traceparent", trace)
                .put("tracestate", own.getOrDefault("cloudevent.tracestate", ""));
        String subject = own.get("cloudevent.subject");
        return subject == null ? event : event.put("subject", subject);
    }

    private static JsonNode jsonOrText(Buffer body) {
        try {
            JsonNode json = Json.MAPPER.readTree(body.getBytes());
            return json.isMissingNode() ? text(body) : json;
        } catch (IOException notJson) {
            return text(body);
        }
    }

    private static JsonNode text(Buffer body) {
        return Json.MAPPER.getNodeFactory().textNode(body.toString(UTF_8));
    }

    private static Buffer write(ObjectNode event, PublishTarget target) {
        return write(event.put("topic", target.topic()).put("pubsubname", target.component()));
    }

    private static Buffer write(ObjectNode event) {
        try {
            return Buffer.buffer(Json.MAPPER.writeValueAsBytes(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON that can't be written", e);
        }
    }

    private String now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
