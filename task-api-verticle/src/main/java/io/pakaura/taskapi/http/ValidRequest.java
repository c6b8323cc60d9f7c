package io.pakaura.taskapi.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that is as the contract says, by REST or MCP.
 *
 * @param parameters by name, defaults filled in
 * @param body missing if the operation takes none
 */
public record ValidRequest(Map<String, JsonNode> parameters, JsonNode body) {
    /** Key of the request in the routing context. */
    static final String KEY = "request";

    @Nullable
    String text(String name) {
        JsonNode value = parameters.get(name);
        return value == null ? null : value.asText();
    }

    @Nullable
    Boolean flag(String name) {
        JsonNode value = parameters.get(name);
        return value == null ? null : value.asBoolean();
    }

    @Nullable
    LocalDate date(String name) {
        JsonNode value = parameters.get(name);
        return value == null ? null : TaskJson.date(name, value.asText());
    }

    /** Of a parameter that is required or has a default. */
    long number(String name) {
        return parameters.getOrDefault(name, MissingNode.getInstance()).asLong();
    }

    /** The {@code id} of the path. */
    public UUID taskId() {
        return UUID.fromString(
                parameters.getOrDefault("id", MissingNode.getInstance()).asText());
    }
}
