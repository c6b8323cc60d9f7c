package io.pakaura.taskapi.http;

import io.pakaura.taskapi.http.Problem.FieldError;
import java.util.List;
import java.util.Map;

/** Ends a request with a problem document. Has no stack trace: it is an answer, not a fault. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;
    private final transient Map<String, String> headers;

    private ProblemException(ProblemType type, String detail, List<FieldError> errors, Map<String, String> headers) {
        super(detail, null, false, false);
        this.type = type;
        this.errors = errors;
        this.headers = headers;
    }

    static ProblemException of(ProblemType type, String detail) {
        return new ProblemException(type, detail, List.of(), Map.of());
    }

    static ProblemException of(ProblemType type, String detail, Map<String, String> headers) {
        return new ProblemException(type, detail, List.of(), headers);
    }

    /** The detail repeats the first error, so that whoever shows only the detail shows something useful. */
    static ProblemException of(ProblemType type, List<FieldError> errors) {
        FieldError first = errors.get(0);
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        return new ProblemException(type, first.field() + ": " + first.reason() + more, errors, Map.of());
    }

    static ProblemException invalid(String field, String reason) {
        return of(ProblemType.INVALID_REQUEST, List.of(new FieldError(field, reason)));
    }

    ProblemType type() {
        return type;
    }

    Map<String, String> headers() {
        return headers;
    }

    Problem toProblem(String correlationId) {
        return new Problem(
                type.uri(), type.title(), type.status(), String.valueOf(getMessage()), correlationId, errors);
    }
}
