package io.pakaura.service;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private port of a service: {@code /health/live}, {@code /health/ready}, {@code /metrics}, and what its sidecar
 * calls. It is never exposed to the outside.
 */
public final class OperationsListener {
    private static final Logger log = LoggerFactory.getLogger(OperationsListener.class);
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;

    private OperationsListener(HttpServer server) {
        this.server = server;
    }

    /**
     * Binds the listener.
     *
     * @param readiness what {@code /health/ready} asks; 200 if all checks succeed, else 503, both with a JSON list
     * @param metrics what {@code /metrics} shows
     * @param routes puts the service's own routes before, or into, those of operations
     * @return fails if the port is taken
     */
    public static Future<OperationsListener> start(
            Vertx vertx,
            ListenerConfig config,
            HealthChecks readiness,
            Metrics metrics,
            Function<Router, Handler<HttpServerRequest>> routes) {
        Router router = Router.router(vertx);
        router.get("/health/live").handler(HealthCheckHandler.create(vertx));
        router.get("/health/ready").handler(HealthCheckHandler.createWithHealthChecks(readiness));
        router.get("/metrics").handler(scrape -> scrape.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, PROMETHEUS_TEXT)
                .end(metrics.scrape())
                .onFailure(gone -> log.debug("the scraper went away", gone)));
        return config.listen(vertx.createHttpServer(options()).requestHandler(routes.apply(router)))
                .map(OperationsListener::new);
    }

    /** There are no WebSockets, whose extensions would look at each request. */
    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    /** The port that was bound. */
    public int port() {
        return server.actualPort();
    }

    public Future<Void> close() {
        return server.close();
    }
}
