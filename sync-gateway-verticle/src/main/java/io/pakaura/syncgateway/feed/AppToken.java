package io.pakaura.syncgateway.feed;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only our sidecar pass: it shows {@code APP_API_TOKEN} in {@code dapr-api-token}. Answers 401 without and 403 with
 * a wrong one. Dapr repeats an event that got such an answer until the tokens agree, so none is lost meanwhile; a 404
 * would drop it.
 */
final class AppToken {
    private static final Logger log = LoggerFactory.getLogger(AppToken.class);

    private final byte @Nullable [] expected;

    /** @param expected {@code null} lets everybody pass */
    AppToken(@Nullable String expected) {
        this.expected = expected == null ? null : expected.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the request shows it; if not, it has been refused. */
    boolean allows(HttpServerRequest request) {
        if (expected == null) {
            return true;
        }
        String shown = request.getHeader("dapr-api-token");
        if (shown == null) {
            refuse(request, 401, "no dapr-api-token");
            return false;
        }
        if (!MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8))) {
            refuse(request, 403, "a wrong dapr-api-token");
            return false;
        }
        return true;
    }

    private static void refuse(HttpServerRequest request, int status, String reason) {
        log.atWarn()
                .addKeyValue("path", request.path())
                .log("refused a request with {}: APP_API_TOKEN must be the same here and at the sidecar", reason);
        request.response().setStatusCode(status).end().onFailure(lost -> log.debug("answer lost", lost));
    }
}
