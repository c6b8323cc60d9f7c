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
import java.util.Locale;
import java.util.UUID;

/** Makes what an app publishes a CloudEvent, as daprd does where tracing is off. */
final class CloudEventEnvelope {

    private static final String CLOUD_EVENT = "application/cloudevents+json";
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
    }

    /** @param contentType of the body, with or without parameters; empty if the request had none */
    Result envelop(String component, String topic, String contentType, Buffer body) {
        return isA(contentType, CLOUD_EVENT)
                ? complete(component, topic, body)
                : new Result.Event(write(wrap(contentType, body), component, topic));
    }

    private Result complete(String component, String topic, Buffer body) {
        JsonNode sent;
        try {
            sent = Json.MAPPER.readTree(body.getBytes());
        } catch (JsonProcessingException e) {
            return new Result.NotACloudEvent(e.getOriginalMessage());
        } catch (IOException e) {
            return new Result.NotACloudEvent(e.toString());
        }
        if (!(sent instanceof ObjectNode event)) {
            return new Result.NotACloudEvent("json: not an object");
        }
        completeAttributes(event);
        return new Result.Event(write(event, component, topic));
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

    private ObjectNode wrap(String contentType, Buffer body) {
        String type = contentType.isEmpty() ? DEFAULT_CONTENT_TYPE : contentType;
        ObjectNode event = Json.MAPPER
                .createObjectNode()
                .put("specversion", "1.0")
                .put("id", UUID.randomUUID().toString())
                .put("source", appId)
                .put("type", DEFAULT_TYPE)
                .put("time", now())
                .put("datacontenttype", type)
                .put("traceid", "")
                .put("traceparent", "")
                .put("tracestate", "");
        if (isA(type, "application/octet-stream")) {
            return event.put("data_base64", Base64.getEncoder().encodeToString(body.getBytes()));
        }
        event.set("data", isA(type, "application/json") ? jsonOrText(body) : text(body));
        return event;
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

    private static Buffer write(ObjectNode event, String component, String topic) {
        event.put("topic", topic).put("pubsubname", component);
        try {
            return Buffer.buffer(Json.MAPPER.writeValueAsBytes(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON that can't be written", e);
        }
    }

    private String now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static boolean isA(String contentType, String expected) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.toLowerCase(Locale.ROOT).equals(expected);
    }
}
