package io.pakaura.benchmarks.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * A request of the load.
 *
 * @param authorization value of the header
 * @param body JSON, or {@code null} for none
 */
public record Request(
        HttpMethod method,
        String path,
        String authorization,
        @Nullable Buffer body) {}
