package io.pakaura.benchmarks.stand;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for a Dapr sidecar that costs nothing: every publish is answered with 204 at once. What is measured is what the
 * API spends on its events, and not somebody else's broker on the same cores.
 */
public final class InstantSidecar {
    private static final Logger log = LoggerFactory.getLogger(InstantSidecar.class);
    private static final String HOST = "127.0.0.1";

    private final HttpServer server;
    private final AtomicLong published;

    private InstantSidecar(HttpServer server, AtomicLong published) {
        this.server = server;
        this.published = published;
    }

    public static Future<InstantSidecar> start(Vertx vertx) {
        AtomicLong published = new AtomicLong();
        return vertx.createHttpServer()
                .requestHandler(request -> answer(request, published))
                .listen(0, HOST)
                .map(server -> new InstantSidecar(server, published));
    }

    /** Only when the whole event has come, as a sidecar would. */
    private static void answer(HttpServerRequest request, AtomicLong published) {
        HttpServerResponse response = request.response();
        request.end()
                .onSuccess(read -> published.incrementAndGet())
                .compose(read -> response.setStatusCode(204).end())
                .onFailure(gone -> log.warn("a publish could not be answered", gone));
    }

    public int port() {
        return server.actualPort();
    }

    /** Events that were published so far, repeats included. */
    public long published() {
        return published.get();
    }
}
