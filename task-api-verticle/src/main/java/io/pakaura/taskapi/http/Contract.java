package io.pakaura.taskapi.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI 3.1 document: the one source of routes and of what they take. Read once, at start; immutable, safe on any
 * thread.
 */
public final class Contract {
    private static final String RESOURCE = "/io/pakaura/taskapi/openapi.yaml";
    private static final String BASE = "https://pakaura.io/openapi";
    /** In a schema: what to say when one of its keywords fails, by keyword. */
    private static final String ERRORS = "x-errors";

    /** A regular expression for a list needs a deep stack, or lets pass what is none. */
    private static final class EntityTagsFormat implements Format {
        @Override
        public String getName() {
            return "entity-tags";
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return EntityTags.areIn(value);
        }
    }

    /** JSON Schema 2020-12, which is what OpenAPI 3.1 is made of; the document's other members are none of its keywords. */
    static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .format(new EntityTagsFormat())
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
            .build();

    private static final List<String> METHODS = List.of("get", "post", "patch", "delete", "put");

    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final List<Operation> operations = new ArrayList<>();

    private Contract(JsonNode document) {
        this.document = document;
        this.schemas =
                SchemaRegistry.withDialect(DIALECT, registry -> registry.schemas(Map.of(BASE, document.toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .errorMessageKeyword(ERRORS)
                                .formatAssertionsEnabled(true)
                                .build()));
        document.get("paths").properties().forEach(path -> addPath(path.getKey(), path.getValue()));
    }

    /** Reads the document from the class path. */
    public static Contract load() {
        try (InputStream yaml = Objects.requireNonNull(Contract.class.getResourceAsStream(RESOURCE))) {
            return new Contract(new ObjectMapper(new YAMLFactory()).readTree(yaml));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The whole document, as {@code /openapi.json} shows it. */
    public JsonNode document() {
        return document;
    }

    /** The schema at a JSON pointer into the document. */
    Schema schemaAt(String pointer) {
        return schemas.getSchema(SchemaLocation.of(BASE + "#" + pointer));
    }

    /** Compiles a schema that is made of the document's own, so that it says the same in the same words. */
    public Schema schema(JsonNode madeOfOurs) {
        return schemas.getSchema(madeOfOurs);
    }

    /** In the order of the document, so that a fixed path stands before one with a parameter. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /**
     * An operation.
     *
     * @param path as in the document, with {@code {id}}
     * @param isPublic needs no token
     * @param bodies schema by media type; empty if it takes no body
     */
    public record Operation(
            String id,
            HttpMethod method,
            String path,
            boolean isPublic,
            List<Parameter> parameters,
            Map<String, Schema> bodies) {}

    /**
     * A parameter.
     *
     * @param in {@code path}, {@code query} or {@code header}
     * @param type of the value: {@code string}, {@code integer} or {@code boolean}
     * @param whenAbsent the default, as it would stand in the request
     * @param description empty if it has none
     */
    public record Parameter(
            String name,
            String in,
            boolean required,
            String type,
            @Nullable String whenAbsent,
            String description,
            Schema schema) {}

    private void addPath(String path, JsonNode item) {
        List<Parameter> shared = parameters(pointer("paths", path), item);
        for (String method : METHODS) {
            if (item.has(method)) {
                operations.add(operation(path, method, item.get(method), shared));
            }
        }
    }

    private Operation operation(String path, String method, JsonNode node, List<Parameter> shared) {
        List<Parameter> parameters = new ArrayList<>(shared);
        parameters.addAll(parameters(pointer("paths", path, method), node));
        boolean isPublic = node.has("security") && node.get("security").isEmpty();
        return new Operation(
                node.get("operationId").asText(),
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                path,
                isPublic,
                List.copyOf(parameters),
                bodies(path, method, node));
    }

    private Map<String, Schema> bodies(String path, String method, JsonNode operation) {
        Map<String, Schema> bodies = new LinkedHashMap<>();
        operation
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(content -> bodies.put(
                        content.getKey(),
                        schemaAt(
                                pointer("paths", path, method, "requestBody", "content", content.getKey(), "schema"))));
        return bodies;
    }

    private List<Parameter> parameters(String at, JsonNode owner) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < owner.path("parameters").size(); i++) {
            JsonNode node = owner.get("parameters").get(i);
            parameters.add(
                    node.has("$ref")
                            ? parameter(node.get("$ref").asText().substring(1), resolve(node))
                            : parameter(at + pointer("parameters", Integer.toString(i)), node));
        }
        return parameters;
    }

    private Parameter parameter(String at, JsonNode node) {
        JsonNode schema = resolve(node.get("schema"));
        return new Parameter(
                node.get("name").asText(),
                node.get("in").asText(),
                node.path("required").asBoolean(false),
                schema.path("type").asText("string"),
                schema.has("default") ? schema.get("default").asText() : null,
                node.path("description").asText(),
                schemaAt(at + "/schema"));
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static String pointer(String... tokens) {
        StringBuilder pointer = new StringBuilder();
        for (String token : tokens) {
            pointer.append('/').append(token.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }
}
