package io.pakaura.taskapi.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.pakaura.taskapi.http.Contract.Operation;
import io.pakaura.taskapi.http.Contract.Parameter;
import io.pakaura.taskapi.http.Problem.FieldError;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request against its operation in the contract and leaves a {@link ValidRequest} behind; else ends it with all
 * the errors that were found. Event loop; computes only.
 */
final class RequestValidation implements Handler<RoutingContext> {
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
    private final Operation operation;

    RequestValidation(Operation operation) {
        this.operation = operation;
    }

    @Override
    public void handle(RoutingContext context) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, JsonNode> parameters = new HashMap<>();
        MultiMap query = query(context);
        for (Parameter parameter : operation.parameters()) {
            read(context, query, parameter, errors, value -> parameters.put(parameter.name(), value));
        }
        refuseUnknown(query, errors);
        JsonNode body = operation.bodies().isEmpty() ? MissingNode.getInstance() : body(context, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.of(ProblemType.INVALID_REQUEST, errors);
        }
        context.put(ValidRequest.KEY, new ValidRequest(parameters, body));
        context.next();
    }

    private static MultiMap query(RoutingContext context) {
        try {
            return context.queryParams();
        } catch (RuntimeException undecodable) {
            throw ProblemException.invalid("query", "is not percent-encoded UTF-8");
        }
    }

    private static void read(
            RoutingContext context,
            MultiMap query,
            Parameter parameter,
            List<FieldError> errors,
            Consumer<JsonNode> accept) {
        List<String> values =
                switch (parameter.in()) {
                    case "path" -> List.of(context.pathParam(parameter.name()));
                    case "header" -> header(context.request().headers(), parameter.name());
                    default -> query.getAll(parameter.name());
                };
        if (values.size() > 1) {
            errors.add(new FieldError(parameter.name(), "must be given once"));
            return;
        }
        String value = values.isEmpty() ? parameter.whenAbsent() : values.get(0);
        if (value != null) {
            check(parameter, value, errors, accept);
        } else if (parameter.required()) {
            errors.add(new FieldError(parameter.name(), "is required"));
        }
    }

    /** A header that stands more than once is one list (RFC 9110, section 5.3). */
    private static List<String> header(MultiMap headers, String name) {
        List<String> values = headers.getAll(name);
        return values.isEmpty() ? values : List.of(String.join(", ", values));
    }

    private static void check(Parameter parameter, String value, List<FieldError> errors, Consumer<JsonNode> accept) {
        JsonNode node = parse(parameter.type(), value);
        if (node == null) {
            errors.add(new FieldError(
                    parameter.name(),
                    parameter.type().equals("boolean") ? "must be true or false" : "must be a whole number"));
            return;
        }
        List<FieldError> found = errorsOf(parameter.schema(), node, parameter.name());
        errors.addAll(found);
        if (found.isEmpty()) {
            accept.accept(node);
        }
    }

    private static @Nullable JsonNode parse(String type, String value) {
        return switch (type) {
            case "boolean" ->
                value.equals("true") || value.equals("false") ? BooleanNode.valueOf(value.equals("true")) : null;
            case "integer" -> INTEGER.matcher(value).matches() ? LongNode.valueOf(Long.parseLong(value)) : null;
            default -> TextNode.valueOf(value);
        };
    }

    private void refuseUnknown(MultiMap query, List<FieldError> errors) {
        for (String name : query.names()) {
            if (operation.parameters().stream()
                    .noneMatch(
                            known -> known.in().equals("query") && known.name().equals(name))) {
                errors.add(new FieldError(name, "is not a parameter of this route"));
            }
        }
    }

    private JsonNode body(RoutingContext context, List<FieldError> errors) {
        Schema schema = operation.bodies().get(mediaType(context));
        if (schema == null) {
            String known = String.join(" or ", operation.bodies().keySet());
            throw ProblemException.of(
                    ProblemType.WRONG_MEDIA_TYPE, List.of(new FieldError("Content-Type", "must be " + known)));
        }
        JsonNode body = parse(context.body().buffer());
        if (body instanceof ObjectNode object && object.path("title").isTextual()) {
            object.put("title", Text.trim(object.get("title").asText()));
        }
        errors.addAll(errorsOf(schema, body, "body"));
        return body;
    }

    private static String mediaType(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        String type = header == null ? "" : header;
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static JsonNode parse(@Nullable Buffer body) {
        if (body == null || body.length() == 0) {
            throw ProblemException.invalid("body", "must not be empty");
        }
        try {
            return Json.read(body);
        } catch (JsonProcessingException broken) {
            throw ProblemException.invalid(
                    "body",
                    "is not JSON: "
                            + broken.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException broken) {
            throw ProblemException.invalid("body", "is not JSON in UTF-8");
        }
    }

    /** The first error of each field: what fails its type often fails its other keywords too. */
    private static List<FieldError> errorsOf(Schema schema, JsonNode value, String whole) {
        Map<String, String> reasons = new LinkedHashMap<>();
        schema.validate(value).forEach(error -> reasons.putIfAbsent(fieldOf(error, whole), Text.reason(error)));
        return reasons.entrySet().stream()
                .map(error -> new FieldError(error.getKey(), error.getValue()))
                .toList();
    }

    private static String fieldOf(Error error, String whole) {
        String path =
                error.getInstanceLocation().toString().replaceFirst("^/", "").replace('/', '.');
        String property = error.getProperty();
        if (property != null) {
            return path.isEmpty() ? property : path + "." + property;
        }
        return path.isEmpty() ? whole : path;
    }
}
