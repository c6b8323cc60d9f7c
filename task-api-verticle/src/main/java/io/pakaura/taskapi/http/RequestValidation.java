package io.pakaura.taskapi.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.Schema;
import io.netty.handler.codec.http.HttpUtil;
import io.pakaura.taskapi.http.Contract.Operation;
import io.pakaura.taskapi.http.Problem.FieldError;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.CharacterCodingException;
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
    private static final List<String> PRECONDITIONS = List.of("If-Match", "If-None-Match");

    private final Operation operation;

    RequestValidation(Operation operation) {
        this.operation = operation;
    }

    @Override
    public void handle(RoutingContext context) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, JsonNode> parameters = new ParameterReader(context, errors).read(operation.parameters());
        refuseOtherPreconditions(context, errors);
        JsonNode body = operation.bodies().isEmpty() ? MissingNode.getInstance() : body(context, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.of(ProblemType.INVALID_REQUEST, errors);
        }
        context.put(ValidRequest.KEY, new ValidRequest(parameters, body));
        context.next();
    }

    /** A change that does not look at a precondition would be made although its sender forbade it. */
    private void refuseOtherPreconditions(RoutingContext context, List<FieldError> errors) {
        if (operation.method().equals(HttpMethod.GET)) {
            return;
        }
        for (String header : PRECONDITIONS) {
            boolean isTaken = operation.parameters().stream()
                    .anyMatch(parameter -> parameter.name().equals(header));
            if (!isTaken && context.request().headers().contains(header)) {
                errors.add(new FieldError(header, "is not a precondition of this route"));
            }
        }
    }

    /** Refuses a body that nobody here could read, before it is read. */
    void requireMediaType(RoutingContext context) {
        if (!operation.bodies().containsKey(mediaType(context))) {
            throw wrongMediaType(
                    "Content-Type",
                    "must be " + String.join(" or ", operation.bodies().keySet()));
        }
        CharSequence charset = HttpUtil.getCharsetAsSequence(contentType(context));
        if (charset != null && !charset.toString().replace("\"", "").strip().equalsIgnoreCase("utf-8")) {
            throw wrongMediaType("Content-Type", "must have no other charset than utf-8");
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
        String type = contentType(context);
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static String contentType(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return header == null ? "" : header;
    }

    private static JsonNode parse(@Nullable Buffer body) {
        if (body == null || body.length() == 0) {
            throw ProblemException.invalid("body", "must not be empty");
        }
        try {
            return Json.read(body);
        } catch (JsonProcessingException broken) {
            throw ProblemException.invalid("body", reasonOf(broken));
        } catch (CharacterCodingException broken) {
            throw ProblemException.invalid("body", "is not JSON in UTF-8");
        }
    }

    /** Not in the parser's words: they name its classes and settings, and change with its version. */
    private static String reasonOf(JsonProcessingException broken) {
        if (broken instanceof StreamConstraintsException) {
            return "is nested too deeply, or has a name or a number that is too long";
        }
        if (broken instanceof JsonEOFException) {
            return "is not JSON: it ends too early";
        }
        JsonLocation at = broken.getLocation();
        return at == null
                ? "is not JSON"
                : "is not JSON, or names a field twice: look at line " + at.getLineNr() + ", column "
                        + at.getColumnNr();
    }
}
