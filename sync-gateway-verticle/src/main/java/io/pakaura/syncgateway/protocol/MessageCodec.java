package io.pakaura.syncgateway.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Messages to and from the content of text frames: CloudEvents 1.0 in structured JSON, by the CloudEvents binding for
 * WebSockets. Safe on any thread.
 */
public final class MessageCodec {
    private static final String SPECVERSION = "1.0";
    private static final String SOURCE = "pakaura/gateway";

    private final ObjectMapper json;
    private final Clock clock;

    /**
     * @param json must refuse duplicate names and trailing content, see {@link Json}
     * @param clock for the events' {@code time}
     */
    public MessageCodec(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** Reads what a client sent; never fails, see {@link ClientMessage.Malformed}. */
    public ClientMessage decode(String text) {
        try {
            JsonNode event = json.readTree(text);
            return event.isObject() ? decode(event) : new ClientMessage.Malformed("the message is not a JSON object");
        } catch (JsonProcessingException notJson) {
            return new ClientMessage.Malformed("the message is not one JSON object without duplicate names");
        }
    }

    private static ClientMessage decode(JsonNode event) {
        if (!string(event, "specversion").equals(SPECVERSION)) {
            return new ClientMessage.Malformed("the event's specversion is not \"1.0\"");
        }
        for (String required : List.of("id", "source", "type")) {
            if (string(event, required).isEmpty()) {
                return new ClientMessage.Malformed("the event's " + required + " is missing, or not a string");
            }
        }
        String type = string(event, "type");
        return switch (type) {
            case "sync.hello" -> new ClientMessage.Hello(string(event.path("data"), "token"));
            case "sync.token" -> new ClientMessage.Token(string(event.path("data"), "token"));
            case "sync.pong" -> new ClientMessage.Pong();
            default -> new ClientMessage.Unknown(type);
        };
    }

    /** The value if it is there and a string, else the empty string: a number is no token, and no id. */
    private static String string(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isTextual() ? value.textValue() : "";
    }

    /** Writes what the gateway says. */
    public String encode(ServerMessage message) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", SPECVERSION);
        event.put("id", UUID.randomUUID().toString());
        event.put("source", SOURCE);
        event.put("type", message.type());
        event.put("time", Timestamps.format(clock.instant()));
        if (!message.data().isEmpty()) {
            event.put("datacontenttype", "application/json");
            event.put("data", message.data());
        }
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings and numbers are always JSON", impossible);
        }
    }
}
