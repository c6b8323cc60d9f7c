package io.pakaura.benchmarks.stand;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
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
    private static final String ENTRY = "\"entryId\":";

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

    /** Only when the whole request has come, as a sidecar would. */
    private static void answer(HttpServerRequest request, AtomicLong published) {
        boolean bulk = request.path().contains("/publish/bulk/");
        HttpServerResponse response = request.response();
        request.body()
                .onSuccess(body -> published.addAndGet(bulk ? entries(body) : 1))
                .compose(read -> response.setStatusCode(204).end())
                .onFailure(gone -> log.warn("a publish could not be answered", gone));
    }

    /** Counted, not parsed: it shares its cores with what is measured. */
    private static int entries(Buffer body) {
        String text = body.toString(StandardCharsets.ISO_8859_1);
        int entries = 0;
        for (int at = text.indexOf(ENTRY); at >= 0; at = text.indexOf(ENTRY, at + ENTRY.length())) {
            entries++;
        }
        return entries;
    }

    public int port() {
        return server.actualPort();
    }

    /** Events that were published so far, repeats included. */
    public long published() {
        return published.get();
    }
}
