package io.pakaura.quickstart;

import io.pakaura.service.PublicServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of a request's body. The door waits for all of it, so that who sends slowly waits alone, and not with a
 * connection to a service that others could use.
 */
sealed interface Arrival {
    /** It is all there; empty if the request has none. */
    record Whole(Buffer body) implements Arrival {}

    /** It is too large, or took too long. */
    record Refused(Answer answer) implements Arrival {}

    /** @return fails if the caller goes away before it has sent all of it */
    static Future<Arrival> of(HttpServerRequest request, Vertx vertx, Duration patience) {
        return new Reader(request).read(vertx, patience);
    }

    /** Reads the body of one request, on its event loop. */
    final class Reader {
        private static final Logger log = LoggerFactory.getLogger(Arrival.class);

        /** As much as the API takes. */
        private static final int MAX_BODY_BYTES = 64 * 1024;

        private final HttpServerRequest request;
        private final Buffer body = Buffer.buffer();
        private final Promise<Arrival> arrival = Promise.promise();

        private Reader(HttpServerRequest request) {
            this.request = request;
        }

        private Future<Arrival> read(Vertx vertx, Duration patience) {
            long timer = vertx.setTimer(patience.toMillis(), late -> cut());
            request.exceptionHandler(gone -> {
                vertx.cancelTimer(timer);
                arrival.tryFail(gone);
            });
            request.endHandler(end -> {
                vertx.cancelTimer(timer);
                arrival.tryComplete(new Whole(body));
            });
            request.handler(this::append).resume(); // The proxy has paused it.
            if (request.headers().contains("Expect")) {
                request.response().writeContinue().onFailure(gone -> log.debug("the caller went away", gone));
            }
            return arrival.future();
        }

        /** What is above the bound is read, so that the caller gets to read the answer, but not kept. */
        private void append(Buffer chunk) {
            if (body.length() + chunk.length() <= MAX_BODY_BYTES) {
                body.appendBuffer(chunk);
            } else {
                arrival.tryComplete(new Refused(Answer.problem(413, "body", "must not be over 64 KiB")));
            }
        }

        private void cut() {
            if (request.response().ended()) {
                PublicServer.close(request.connection());
            } else {
                request.response().endHandler(sent -> PublicServer.close(request.connection()));
                arrival.tryComplete(new Refused(
                        Answer.problem(408, "The body did not come in time.").with("Connection", "close")));
            }
        }
    }
}
