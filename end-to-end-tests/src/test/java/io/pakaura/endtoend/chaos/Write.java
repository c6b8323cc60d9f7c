package io.pakaura.endtoend.chaos;

import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * A request that changes something.
 *
 * @param taskId what it is about; null for a creation whose id the API chooses, and for a clear
 * @param body in JSON; null for none
 */
record Write(
        Kind kind,
        String user,
        HttpMethod method,
        String path,
        @Nullable String taskId,
        @Nullable String body) {

    enum Kind {
        CREATE,
        PATCH,
        COMPLETE,
        DELETE,
        CLEAR
    }
}
