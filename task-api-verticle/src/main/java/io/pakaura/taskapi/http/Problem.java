package io.pakaura.taskapi.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A problem document (RFC 9457).
 *
 * @param type a URI for the kind of problem
 * @param title what kind of problem, the same each time
 * @param detail what went wrong this time
 * @param errors what is wrong with the input, field by field; left out if it isn't the input
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String correlationId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    /** Media type of a problem document. */
    static final String CONTENT_TYPE = "application/problem+json";

    /**
     * What is wrong with a field.
     *
     * @param field a member of the body, a parameter, a header, or {@code body}
     */
    public record FieldError(String field, String reason) {}
}
