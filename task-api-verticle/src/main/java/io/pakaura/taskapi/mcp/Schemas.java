package io.pakaura.taskapi.mcp;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The contract's schemas, made to stand alone. */
final class Schemas {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> NOT_FOR_CLIENTS = List.of("x-errors", "examples");

    private final JsonNode document;

    /** @param document the contract's */
    Schemas(JsonNode document) {
        this.document = document;
    }

    /** One of the contract's components. */
    JsonNode component(String name) {
        return standalone(document.at("/components/schemas/" + name));
    }

    /** With what it refers to in the place of the references; what stands beside a reference wins. */
    JsonNode standalone(JsonNode node) {
        if (node.isArray()) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> copy.add(standalone(element)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        if (node.has("$ref")) {
            copy.setAll((ObjectNode)
                    standalone(document.at(node.get("$ref").asText().substring(1))));
        }
        node.properties().stream()
                .filter(member -> !member.getKey().equals("$ref"))
                .forEach(member -> copy.set(member.getKey(), standalone(member.getValue())));
        return copy;
    }

    /** As clients see it: without our notes to ourselves. */
    static Map<String, Object> published(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        NOT_FOR_CLIENTS.forEach(note -> copy.findParents(note).forEach(owner -> ((ObjectNode) owner).remove(note)));
        return MAPPER.convertValue(copy, new TypeReference<>() {});
    }
}
