package io.pakaura.taskapi.http;

import io.pakaura.taskapi.http.Problem.FieldError;
import io.pakaura.taskapi.task.TaskOutcome;
import java.util.List;
import java.util.Map;

/** Ends a request with a problem document. Has no stack trace: it is an answer, not a fault. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Told in one answer: whoever has more is guessing, and gets no more to read than they wrote. */
    private static final int MAX_ERRORS = 20;

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
    public static ProblemException of(ProblemType type, List<FieldError> errors) {
        FieldError first = errors.get(0);
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        List<FieldError> told = List.copyOf(errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
        return new ProblemException(type, first.field() + ": " + first.reason() + more, told, Map.of());
    }

    static ProblemException invalid(String field, String reason) {
        return of(ProblemType.INVALID_REQUEST, List.of(new FieldError(field, reason)));
    }

    /** Why a request about one task came to nothing. */
    public static ProblemException of(TaskOutcome failed) {
        if (failed instanceof TaskOutcome.Stale stale) {
            return of(
                    ProblemType.STALE,
                    "its revision is " + stale.task().revision(),
                    Map.of("ETag", EntityTags.of(stale.task())));
        }
        if (failed instanceof TaskOutcome.Gone) {
            return of(ProblemType.GONE, "a task with this id was deleted: use another id");
        }
        if (failed instanceof TaskOutcome.ReminderWithoutDueDate) {
            return TaskJson.reminderWithoutDueDate();
        }
        return of(ProblemType.NOT_FOUND, "you have no task with this id");
    }

    public ProblemType type() {
        return type;
    }

    /** What is wrong with the input, field by field; empty if it isn't the input. */
    public List<FieldError> errors() {
        return errors;
    }

    Map<String, String> headers() {
        return headers;
    }

    Problem toProblem(String correlationId) {
        return new Problem(
                type.uri(), type.title(), type.status(), String.valueOf(getMessage()), correlationId, errors);
    }
}
