package io.pakaura.daprstandin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an app wants delivered, from its answer to {@code /dapr/subscribe}.
 *
 * @param component of the pub/sub
 * @param route path in the app, which the events are posted to
 */
record Subscription(String component, String topic, String route) {

    private static final ObjectMapper JSON = Json.MAPPER;

    /**
     * Reads the app's list.
     *
     * @throws IllegalArgumentException if it is none, or asks for what the stand-in doesn't do: rules, bulk delivery, dead
     *     letters, raw payloads
     */
    static List<Subscription> parse(Buffer json) {
        List<Subscription> subscriptions = new ArrayList<>();
        try {
            for (JsonNode entry : JSON.readTree(json.getBytes())) {
                subscriptions.add(parse(entry));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + json, e);
        }
        return subscriptions;
    }

    private static Subscription parse(JsonNode entry) {
        boolean tooMuch = !entry.at("/routes/rules").isEmpty()
                || entry.at("/bulkSubscribe/enabled").asBoolean()
                || !entry.path("deadLetterTopic").asText().isEmpty()
                || entry.at("/metadata/rawPayload").asBoolean();
        if (tooMuch) {
            throw new IllegalArgumentException(
                    "rules, bulk delivery, dead letters and raw payloads are not implemented by the stand-in: "
                            + entry);
        }
        String route = entry.at("/routes/default").asText(entry.path("route").asText());
        return new Subscription(
                entry.required("pubsubname").asText(),
                entry.required("topic").asText(),
                route.startsWith("/") ? route : "/" + route);
    }
}
