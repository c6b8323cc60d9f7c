package io.pakaura.syncgateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.pakaura.service.Correlation;
import io.pakaura.service.FloodLog;
import io.pakaura.service.HttpConnections;
import io.pakaura.service.OriginPolicy;
import io.pakaura.syncgateway.session.Sessions;
import io.pakaura.syncgateway.session.Trouble;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the public listener answers; safe on any event loop. There is no router here: three routes don't need one, and a
 * WebSocket would keep the router's view of its request for all its life.
 */
public final class PublicRoutes {
    private static final Logger log = LoggerFactory.getLogger(PublicRoutes.class);

    /** The page loads, and talks to, its own origin only, and nobody may frame it. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; connect-src 'self' ws: wss:;"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final String VERSION = "13";

    private final OriginPolicy origins;
    private final FloodLog<Trouble> troubles;
    private final StaticFiles page;
    private final Problems problems;

    public PublicRoutes(Vertx vertx, OriginPolicy origins, FloodLog<Trouble> troubles, ObjectMapper json) {
        this.origins = origins;
        this.troubles = troubles;
        this.page = new StaticFiles(vertx);
        this.problems = new Problems(json);
    }

    /**
     * @param sessions those of the event loop that will use the handler
     * @param connections likewise
     */
    public Handler<HttpServerRequest> handler(Sessions sessions, HttpConnections connections) {
        return request -> {
            Correlation correlation = begin(request);
            if (!isRead(request.method())) {
                problems.readOnly(request);
            } else if ("/sync".equals(request.path())) {
                sync(request, correlation, sessions, connections);
            } else {
                file(request);
            }
        };
    }

    /** Answers what is no request that could be routed, and ends the connection: nobody knows where the next one begins. */
    public void unreadable(HttpServerRequest request) {
        Correlation correlation = begin(request);
        troubles.add(Trouble.UNREADABLE, line -> line.addKeyValue("correlation_id", correlation.id()));
        problems.unreadable(request);
    }

    private static Correlation begin(HttpServerRequest request) {
        Correlation correlation =
                Correlation.continuing(request.getHeader(Correlation.HEADER), request.getHeader("traceparent"));
        correlation.makeCurrent();
        request.response()
                .putHeader(Correlation.HEADER, correlation.id())
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        return correlation;
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private void sync(
            HttpServerRequest request, Correlation correlation, Sessions sessions, HttpConnections connections) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            problems.upgradeRequired(request);
        } else if (!VERSION.equals(request.getHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            problems.versionRequired(request); // Vert.x speaks drafts, too, and one of them without masks.
        } else if (hasBody(request)) {
            problems.handshakeWithBody(request);
        } else if (!isAllowed(request)) {
            troubles.add(
                    Trouble.FOREIGN_ORIGIN, line -> line.addKeyValue("origin", request.getHeader(HttpHeaders.ORIGIN))
                            .addKeyValue("correlation_id", correlation.id()));
            problems.foreignOrigin(request);
        } else if (!sessions.haveRoom()) {
            problems.noRoom(request);
        } else {
            sessions.upgrade(request, correlation.id())
                    .onSuccess(upgraded -> connections.upgraded(request.connection()))
                    .onFailure(bad -> log.debug("handshake failed", bad));
        }
    }

    /** The upgrade would wait for its end, and may wait for ever. */
    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return (length != null && !length.equals("0")) || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private boolean isAllowed(HttpServerRequest request) {
        return origins.allows(
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader(HttpHeaders.HOST),
                request.getHeader("X-Forwarded-Host"));
    }

    private void file(HttpServerRequest request) {
        String path = request.path();
        page.find(path == null || path.equals("/") ? "/index.html" : path)
                .onSuccess(
                        found -> found.ifPresentOrElse(file -> file.answer(request), () -> problems.notFound(request)))
                .onFailure(failure -> problems.fault(request, failure));
    }
}
