package io.pakaura.taskapi.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import io.pakaura.taskapi.http.Contract;
import io.pakaura.taskapi.http.Contract.Operation;
import io.pakaura.taskapi.http.Contract.Parameter;
import io.pakaura.taskapi.http.Problem.FieldError;
import io.pakaura.taskapi.http.ProblemException;
import io.pakaura.taskapi.http.ProblemType;
import io.pakaura.taskapi.http.SchemaErrors;
import io.pakaura.taskapi.http.TaskRequests;
import io.pakaura.taskapi.http.ValidRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a tool takes: the parameters and the body of its operation in the contract, as one object. Immutable. */
final class ToolInput {
    /** The tools' name for {@code If-Match}: a model has the revision at hand, not the entity tag. */
    static final String IF_REVISION = "if_revision";

    private static final String IF_MATCH = "If-Match";
    private static final String JSON = "application/json";

    private final ObjectNode schema = JsonNodeFactory.instance.objectNode();
    private final ObjectNode properties = schema.put("type", "object").putObject("properties");
    private final ArrayNode required = JsonNodeFactory.instance.arrayNode();
    /** The arguments that are parameters in REST, by their names there. */
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private final Schema check;

    ToolInput(Contract contract, Operation operation) {
        Schemas schemas = new Schemas(contract.document());
        operation.parameters().forEach(parameter -> add(schemas, parameter));
        if (operation.bodies().containsKey(JSON)) {
            JsonNode body = schemas.standalone(operation.bodies().get(JSON).getSchemaNode());
            properties.setAll((ObjectNode) body.get("properties"));
            body.path("required").forEach(required::add);
        }
        schema.set("required", required);
        schema.put("additionalProperties", false);
        check = contract.schema(schema);
    }

    /** A parameter that can have but one value is for people who type; a tool's name says enough. */
    private void add(Schemas schemas, Parameter parameter) {
        JsonNode value = schemas.standalone(parameter.schema().getSchemaNode());
        if (value.has("const")) {
            return;
        }
        String name = parameter.name();
        if (name.equals(IF_MATCH)) {
            name = IF_REVISION;
            value = described(
                    schemas.component("Revision"),
                    "Do it only if the task still has this `revision`, so that nobody's change is overwritten unseen");
        } else if (!parameter.description().isEmpty()) {
            value = described(value, parameter.description().strip());
        }
        properties.set(name, value);
        parameters.put(parameter.name(), name);
        if (parameter.required()) {
            required.add(name);
        }
    }

    private static JsonNode described(JsonNode schema, String description) {
        return ((ObjectNode) schema).put("description", description);
    }

    /** JSON Schema, for clients. */
    Map<String, Object> published() {
        return Schemas.published(schema);
    }

    /** @throws ProblemException that names what is wrong */
    ValidRequest read(ObjectNode arguments) {
        TaskRequests.trimTitle(arguments);
        List<FieldError> errors = SchemaErrors.of(check, arguments, "arguments");
        if (!errors.isEmpty()) {
            throw ProblemException.of(ProblemType.INVALID_REQUEST, errors);
        }
        Map<String, JsonNode> values = new HashMap<>();
        parameters.forEach((parameter, name) -> {
            JsonNode value = arguments.has(name) ? arguments.get(name) : properties.at("/" + name + "/default");
            if (!value.isMissingNode()) {
                values.put(parameter, parameter.equals(IF_MATCH) ? entityTag(value) : value);
            }
        });
        return new ValidRequest(values, arguments.without(parameters.values()));
    }

    private static JsonNode entityTag(JsonNode revision) {
        return TextNode.valueOf("\"" + revision.asLong() + "\"");
    }
}
