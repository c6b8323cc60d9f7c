package io.pakaura.service;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Fetches an issuer's JWK set. A redirect is not followed: it is an answer other than 200, and so a failure.
 *
 * <p>Each fetch has a client of its own that is closed after it. They are minutes apart, so there is no connection to
 * keep, and whatever a fetch was waiting for when its time ran out goes with its client.
 */
final class JwksClient {
    private static final int MAX_BODY_BYTES = 256 * 1024;

    private final Vertx vertx;
    private final URI url;
    private final Duration deadline;
    private final HttpClientOptions options;
    private final AtomicReference<@Nullable HttpClient> open = new AtomicReference<>();

    /** @param options what the client trusts; else the defaults, that is, the certificates of the JVM */
    JwksClient(Vertx vertx, URI url, Duration deadline, HttpClientOptions options) {
        this.vertx = vertx;
        this.url = url;
        this.deadline = deadline;
        this.options = options;
    }

    /** One attempt, and one at a time; on an event loop only. Fails if it takes longer than the deadline, or what comes is no set of keys to check tokens with. */
    Future<VerificationKeys> fetch() {
        HttpClient client = vertx.createHttpClient(options);
        open.set(client);
        RequestOptions request = new RequestOptions()
                .setAbsoluteURI(url.toString())
                .putHeader(HttpHeaders.ACCEPT, "application/jwk-set+json, application/json");
        return client.request(request)
                .compose(HttpClientRequest::send)
                .compose(JwksClient::body)
                .compose(body -> vertx.executeBlocking(() -> VerificationKeys.parse(body.toString())))
                .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .eventually(this::close);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        return response.statusCode() == 200
                ? Future.future(done -> collect(response, done))
                : Future.failedFuture(new IOException("the answer was " + response.statusCode()));
    }

    private static void collect(HttpClientResponse response, Promise<Buffer> done) {
        Buffer body = Buffer.buffer();
        response.handler(piece -> {
                    if (body.length() + piece.length() <= MAX_BODY_BYTES) {
                        body.appendBuffer(piece);
                    } else {
                        done.tryFail(new IOException("the answer has more than " + MAX_BODY_BYTES + " bytes"));
                    }
                })
                .exceptionHandler(done::tryFail)
                .endHandler(end -> done.tryComplete(body));
    }

    /** Ends the fetch that is under way, if one is. A client is closed once: Vert.x has no answer the second time. */
    Future<Void> close() {
        HttpClient client = open.getAndSet(null);
        return client == null ? Future.succeededFuture() : client.close();
    }
}
