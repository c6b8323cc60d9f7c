package io.pakaura.daprstandin;

import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a publish goes, as its URL says it.
 *
 * @param metadata of the whole request, without the prefix that it has in the query
 */
record PublishTarget(String component, String topic, Map<String, String> metadata) {

    private static final String PREFIX = "metadata.";

    /** What Go takes for a boolean. */
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    /** Of a route with the groups {@code component} and {@code topic}. */
    static PublishTarget of(RoutingContext context) {
        Map<String, String> metadata = new HashMap<>();
        context.queryParams().forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                metadata.putIfAbsent(name.substring(PREFIX.length()), value);
            }
        });
        return new PublishTarget(context.pathParam("component"), context.pathParam("topic"), Map.copyOf(metadata));
    }

    /** Whether what is published goes to the broker as it is. */
    boolean isRaw() {
        return TRUE.contains(rawPayload());
    }

    /** What Go says of a {@code rawPayload} that is neither true nor false. */
    Optional<String> whatIsNoBoolean() {
        String raw = rawPayload();
        return raw.isEmpty() || TRUE.contains(raw) || FALSE.contains(raw)
                ? Optional.empty()
                : Optional.of("rawPayload value must be a valid boolean: actual is '" + raw + "'");
    }

    private String rawPayload() {
        return metadata.getOrDefault("rawPayload", "");
    }
}
