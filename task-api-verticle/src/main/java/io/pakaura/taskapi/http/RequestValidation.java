package io.pakaura.taskapi.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.Schema;
import io.pakaura.taskapi.http.Contract.Operation;
import io.pakaura.taskapi.http.Problem.FieldError;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request against its operation in the contract and leaves a {@link ValidRequest} behind; else ends it with all
 * the errors that were found. Event loop; computes only.
 */
final class RequestValidation implements Handler<RoutingContext> {
    private final Operation operation;

    RequestValidation(Operation operation) {
        this.operation = operation;
    }

    @Override
    public void handle(RoutingContext context) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, JsonNode> parameters = new ParameterReader(context, errors).read(operation.parameters());
        JsonNode body = operation.bodies().isEmpty() ? MissingNode.getInstance() : body(context, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.of(ProblemType.INVALID_REQUEST, errors);
        }
        context.put(ValidRequest.KEY, new ValidRequest(parameters, body));
        context.next();
    }

    /** Refuses a body that nobody here could read, before it is read. */
    void requireMediaType(RoutingContext context) {
        if (!operation.bodies().containsKey(mediaType(context))) {
            throw wrongMediaType(
                    "Content-Type",
                    "must be " + String.join(" or ", operation.bodies().keySet()));
        }
        String coding = context.request().getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw wrongMediaType("Content-Encoding", "must be absent: a body comes as it is");
        }
        context.next();
    }

    private static ProblemException wrongMediaType(String header, String reason) {
        return ProblemException.of(ProblemType.WRONG_MEDIA_TYPE, List.of(new FieldError(header, reason)));
    }

    private JsonNode body(RoutingContext context, List<FieldError> errors) {
        Schema schema = Objects.requireNonNull(operation.bodies().get(mediaType(context)));
        JsonNode body = parse(context.body().buffer());
        TaskRequests.trimTitle(body);
        errors.addAll(SchemaErrors.of(schema, body, "body"));
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
            throw ProblemException.invalid("body", "is not JSON: " + reasonOf(broken));
        } catch (IOException broken) {
            throw ProblemException.invalid("body", "is not JSON in UTF-8");
        }
    }

    /** What the parser says, without what it says about itself. */
    private static String reasonOf(JsonProcessingException broken) {
        String firstLine = broken.getOriginalMessage().lines().findFirst().orElse("");
        int about = firstLine.indexOf("[Source");
        String said = about < 0 ? firstLine : firstLine.substring(0, about);
        int open = said.lastIndexOf('(');
        return (about < 0 || open < 0 ? said : said.substring(0, open)).strip();
    }
}
