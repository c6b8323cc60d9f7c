package io.pakaura.taskapi.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.pakaura.taskapi.http.Problem.FieldError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a schema has to say against a value, in words for the caller. */
public final class SchemaErrors {
    private static final int MAX_REASON = 300;
    /** Far more than any schema of the contract has: to check each of thousands would hold up the event loop. */
    private static final int MAX_FIELDS = 100;

    private SchemaErrors() {}

    /**
     * The first error of each field: what fails its type often fails its other keywords too.
     *
     * @param whole what to call the value itself
     */
    public static List<FieldError> of(Schema schema, JsonNode value, String whole) {
        if (value.isObject() && value.size() > MAX_FIELDS) {
            return List.of(new FieldError(whole, "must not have more than " + MAX_FIELDS + " fields"));
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        schema.validate(value).forEach(error -> reasons.putIfAbsent(fieldOf(error, whole), reasonOf(error)));
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

    /** The end of a sentence that begins with the field's name. What a pattern means, the contract says itself. */
    private static String reasonOf(Error error) {
        String reason =
                switch (error.getKeyword()) {
                    case "required" -> "is required";
                    case "additionalProperties" -> "is not a known field";
                    case "minLength" -> "must not be empty";
                    default -> error.getMessage();
                };
        return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
    }
}
