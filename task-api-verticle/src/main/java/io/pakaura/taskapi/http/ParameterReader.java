package io.pakaura.taskapi.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pakaura.taskapi.http.Contract.Parameter;
import io.pakaura.taskapi.http.Problem.FieldError;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of one request and notes what is wrong with them. */
final class ParameterReader {
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,19}");

    private final RoutingContext context;
    private final MultiMap query;
    private final List<FieldError> errors;

    /** @param errors what is wrong is added here */
    ParameterReader(RoutingContext context, List<FieldError> errors) {
        this.context = context;
        this.query = context.queryParams();
        this.errors = errors;
    }

    /** Values by name, defaults filled in. A query parameter that the operation doesn't have is an error: a typo. */
    Map<String, JsonNode> read(List<Parameter> parameters) {
        Map<String, JsonNode> values = new HashMap<>();
        for (Parameter parameter : parameters) {
            JsonNode value = read(parameter);
            if (value != null) {
                values.put(parameter.name(), value);
            }
        }
        for (String name : query.names()) {
            if (parameters.stream()
                    .noneMatch(
                            known -> known.in().equals("query") && known.name().equals(name))) {
                errors.add(new FieldError(name, "is not a parameter of this route"));
            }
        }
        return values;
    }

    private @Nullable JsonNode read(Parameter parameter) {
        List<String> given = given(parameter);
        if (given.size() > 1) {
            return fault(parameter, "must be given once");
        }
        String value = given.isEmpty() ? parameter.whenAbsent() : given.get(0);
        if (value == null) {
            return parameter.required() ? fault(parameter, "is required") : null;
        }
        return check(parameter, value);
    }

    private List<String> given(Parameter parameter) {
        return switch (parameter.in()) {
            case "path" -> List.of(context.pathParam(parameter.name()));
            case "header" -> header(parameter.name());
            default -> query.getAll(parameter.name());
        };
    }

    /** A header that stands more than once is one list (RFC 9110, section 5.3). */
    private List<String> header(String name) {
        List<String> values = context.request().headers().getAll(name);
        return values.isEmpty() ? values : List.of(String.join(", ", values));
    }

    private @Nullable JsonNode check(Parameter parameter, String value) {
        JsonNode node =
                switch (parameter.type()) {
                    case "boolean" -> bool(value);
                    case "integer" -> int64(value);
                    default -> TextNode.valueOf(value);
                };
        if (node == null) {
            return fault(
                    parameter, parameter.type().equals("boolean") ? "must be true or false" : "must be a whole number");
        }
        List<FieldError> found = SchemaErrors.of(parameter.schema(), node, parameter.name());
        errors.addAll(found);
        return found.isEmpty() ? node : null;
    }

    private static @Nullable JsonNode int64(String value) {
        if (!INTEGER.matcher(value).matches()) {
            return null;
        }
        try {
            return LongNode.valueOf(Long.parseLong(value));
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    private static @Nullable JsonNode bool(String value) {
        return switch (value) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> null;
        };
    }

    private @Nullable JsonNode fault(Parameter parameter, String reason) {
        errors.add(new FieldError(parameter.name(), reason));
        return null;
    }
}
