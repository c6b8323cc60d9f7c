package io.pakaura.taskapi.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds responses to the contract: each status, media type, header and member must be described there, and what is
 * described as always there must be there.
 */
public final class ContractCheck {
    private static final String BASE = "https://pakaura.io/openapi";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** Of HTTP itself, and of CORS, which the document tells once for all routes. */
    private static final Set<String> UNIVERSAL =
            Set.of("content-type", "content-length", "connection", "vary", "transfer-encoding");

    private final JsonNode document = Contract.load().document();
    private final SchemaRegistry schemas;

    public ContractCheck() {
        JsonNode strict = document.deepCopy();
        refuseUnknownMembers(strict);
        schemas = SchemaRegistry.withDialect(
                Contract.DIALECT, registry -> registry.schemas(Map.of(BASE, strict.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** A client must bear members that it doesn't know; a test need not. */
    private static void refuseUnknownMembers(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && object.has("properties")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ContractCheck::refuseUnknownMembers);
    }

    /**
     * Fails unless the response is one that the document describes for the request.
     *
     * @param target path and query
     * @param headers by name in any letter case
     */
    public void requireDescribed(
            String sentMethod, String target, int status, Map<String, List<String>> headers, String body) {
        // Of a request line that is too long, the server knows no method.
        String method = status == 414 ? "GET" : sentMethod;
        String what = method + " " + target + " → " + status + " " + body;
        Map<String, String> received = headers.entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> String.join(", ", header.getValue())));
        String pointer = response(method, normal(target.split("\\?", 2)[0]), status, what);
        requireHeaders(document.at(pointer), received, what);
        requireBody(pointer, method, received.getOrDefault("content-type", ""), body, what);
        if (received.getOrDefault("content-type", "").equals("application/problem+json") && !method.equals("HEAD")) {
            requireProblem(status, received, body, what);
        }
    }

    /** As a server must read it (RFC 3986, section 6.2.2; RFC 9112, section 3.2.2). */
    private static String normal(String path) {
        String absolute = path.replaceFirst("^http://[^/]+", "").replaceAll("/+", "/");
        String shorter = absolute.replaceFirst("/[^/]+/\\.\\.(?=/|$)", "");
        return shorter.equals(absolute) ? absolute : normal(shorter);
    }

    /** A pointer to the response's description. */
    private String response(String method, String path, int status, String what) {
        String template = template(path);
        String name = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        if (template == null || !document.at(template).has(name)) {
            assertThat(status).as(what).isBetween(template == null ? 400 : 204, 499);
            return "/components/responses/AnyProblem";
        }
        JsonNode responses = document.at(template + "/" + name + "/responses");
        String key = responses.has(Integer.toString(status)) ? Integer.toString(status) : "default";
        if (key.equals("default")) {
            assertThat(status).as(what).isIn(405, 408, 413, 414, 417, 431);
        }
        return resolve(template + "/" + name + "/responses/" + key);
    }

    private String resolve(String pointer) {
        JsonNode node = document.at(pointer);
        return node.has("$ref") ? node.get("$ref").asText().substring(1) : pointer;
    }

    private String template(String path) {
        List<String> fitting = new ArrayList<>();
        document.get("paths").fieldNames().forEachRemaining(template -> {
            if (path.matches(template.replaceAll("\\{\\w+}", "[^/]+") + "/?")) {
                fitting.add(template);
            }
        });
        return fitting.isEmpty()
                ? null
                : "/paths/" + fitting.get(0).replace("~", "~0").replace("/", "~1");
    }

    private void requireHeaders(JsonNode response, Map<String, String> received, String what) {
        Set<String> described = new java.util.HashSet<>();
        response.path("headers").properties().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            JsonNode description =
                    document.at(header.getValue().get("$ref").asText().substring(1));
            described.add(name);
            if (description.path("required").asBoolean()) {
                assertThat(received).as(what).containsKey(name);
            }
        });
        assertThat(received.keySet())
                .as(what)
                .filteredOn(name -> !UNIVERSAL.contains(name) && !name.startsWith("access-control-"))
                .isSubsetOf(described);
    }

    private void requireBody(String pointer, String method, String type, String body, String what) {
        JsonNode content = document.at(pointer).path("content");
        if (content.isMissingNode() || document.at(pointer).isEmpty()) {
            assertThat(body).as(what).isEmpty();
            return;
        }
        String mediaType = type.split(";", 2)[0];
        if (type.isEmpty() && body.isEmpty()) {
            return; // OPTIONS
        }
        assertThat(content.has(mediaType)).as(what + " as " + type).isTrue();
        if (method.equals("HEAD")) {
            assertThat(body).as(what).isEmpty();
        } else if (mediaType.endsWith("json")) {
            String schema = pointer + "/content/" + mediaType.replace("/", "~1") + "/schema";
            assertThat(schemas.getSchema(SchemaLocation.of(BASE + "#" + schema)).validate(read(body, what)))
                    .as(what)
                    .isEmpty();
        }
    }

    private static void requireProblem(int status, Map<String, String> received, String body, String what) {
        JsonNode problem = read(body, what);
        assertThat(problem.get("status").asInt()).as(what).isEqualTo(status);
        assertThat(problem.get("correlation_id").asText()).as(what).isEqualTo(received.get("x-correlation-id"));
    }

    private static JsonNode read(String body, String what) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException notJson) {
            throw new AssertionError(what, notJson);
        }
    }
}
