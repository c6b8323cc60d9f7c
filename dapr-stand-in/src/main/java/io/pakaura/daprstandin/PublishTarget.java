package io.pakaura.daprstandin;

import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a publish goes, as its URL says it.
 *
 * @param metadata of the whole request, without the prefix that it has in the query
 */
record PublishTarget(String component, String topic, Map<String, String> metadata) {

    private static final String PREFIX = "metadata.";

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
}
