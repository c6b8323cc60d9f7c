package io.pakaura.taskapi.http;

import io.pakaura.service.OriginPolicy;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the pages of allowed origins call the API (Fetch standard, CORS protocol). A browser asks first, since each call has
 * an {@code Authorization}; cookies are never taken, so a page that isn't allowed has nothing to send in its user's name.
 *
 * <p>Not vertx-web's {@code CorsHandler}: that one refuses a page of our own origin behind a front door.
 */
final class CrossOrigin implements SecurityPolicyHandler {
    private static final Logger log = LoggerFactory.getLogger(CrossOrigin.class);
    private static final String METHODS = "GET, HEAD, POST, PATCH, DELETE";
    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, Accept, If-Match, If-None-Match, X-Correlation-Id, traceparent,"
                    + " MCP-Protocol-Version, Mcp-Session-Id, Last-Event-ID";
    private static final String RESPONSE_HEADERS =
            "ETag, Location, Sync-Revision, Sync-Epoch, X-Correlation-Id, Retry-After, WWW-Authenticate, Allow";
    private static final String MAX_AGE_SECONDS = "600";

    private final OriginPolicy origins;

    CrossOrigin(OriginPolicy origins) {
        this.origins = origins;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        // Also without an Origin, or a cache would give this answer to a page (Fetch, CORS protocol and HTTP caches).
        context.response().putHeader(HttpHeaders.VARY, "Origin");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            context.next();
        } else if (isPreflight(request)) {
            preflight(context, origin);
        } else {
            if (isAllowed(request)) {
                allow(context.response(), origin)
                        .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
            }
            context.next();
        }
    }

    /**
     * Turns away pages of other origins for good, whatever they send (MCP 2025-11-25, Transports, Security Warning). A page
     * whose name was made to mean this host passes for our own; without a token it gets no further.
     */
    void requireAllowed(RoutingContext context) {
        refuseForeign(context.request());
        context.next();
    }

    private void refuseForeign(HttpServerRequest request) {
        if (!isAllowed(request)) {
            throw ProblemException.of(
                    ProblemType.FORBIDDEN, "pages of this origin may not call the API: see ALLOWED_ORIGINS");
        }
    }

    private void preflight(RoutingContext context, String origin) {
        refuseForeign(context.request());
        allow(context.response(), origin)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS)
                .setStatusCode(204)
                .end()
                .onFailure(gone -> log.debug("the caller went away", gone));
    }

    private static HttpServerResponse allow(HttpServerResponse response, String origin) {
        return response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** Whether the request may come from the page that it says it comes from. */
    private boolean isAllowed(HttpServerRequest request) {
        return origins.allows(
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader(HttpHeaders.HOST),
                request.getHeader("X-Forwarded-Host"));
    }
}
