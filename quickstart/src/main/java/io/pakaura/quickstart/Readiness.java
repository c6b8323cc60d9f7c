package io.pakaura.quickstart;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a service the way that Kubernetes does: by its readiness route. */
final class Readiness {
    private static final long INTERVAL_MS = 50;
    private static final int ATTEMPTS = 400;

    private Readiness() {}

    /** Fails if the service is not ready within 20 s. */
    static Future<Void> await(Vertx vertx, int opsPort) {
        HttpClient client = vertx.createHttpClient();
        return await(vertx, client, opsPort, ATTEMPTS).eventually(client::close);
    }

    private static Future<Void> await(Vertx vertx, HttpClient client, int port, int attempts) {
        if (attempts == 0) {
            return Future.failedFuture(new TimeoutException("a service did not get ready"));
        }
        return status(client, port)
                .otherwise(0)
                .compose(status -> status / 100 == 2
                        ? Future.succeededFuture()
                        : vertx.timer(INTERVAL_MS, TimeUnit.MILLISECONDS)
                                .compose(waited -> await(vertx, client, port, attempts - 1)));
    }

    private static Future<Integer> status(HttpClient client, int port) {
        return client.request(HttpMethod.GET, port, "127.0.0.1", "/health/ready")
                .compose(HttpClientRequest::send)
                .compose(response -> response.end().map(end -> response.statusCode()));
    }
}
