package io.pakaura.syncgateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.pakaura.service.Correlation;
import io.pakaura.service.Framing;
import io.pakaura.service.PublicServer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with problems. */
final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final ObjectMapper json;

    Problems(ObjectMapper json) {
        this.json = json;
    }

    void notFound(HttpServerRequest request) {
        send(request, 404, "There is nothing at this path.");
    }

    void readOnly(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
        send(request, 405, "This path can only be read.");
    }

    void upgradeRequired(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, "Upgrade").putHeader(HttpHeaders.UPGRADE, "websocket");
        send(request, 426, "Connect with a WebSocket (RFC 6455), subprotocol cloudevents.json.");
    }

    void versionRequired(HttpServerRequest request) {
        request.response()
                .putHeader(HttpHeaders.CONNECTION, "Upgrade")
                .putHeader(HttpHeaders.UPGRADE, "websocket")
                .putHeader(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        send(request, 426, "The header Sec-WebSocket-Version must be 13 (RFC 6455).");
    }

    /** What is no HTTP request, or one with too long a head or a {@link Framing} in doubt. */
    void unreadable(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            send(request, 414, "The request line must not be over 4 KiB.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            send(request, 431, "The headers must not be over 8 KiB together.");
        } else {
            Framing.Fault fault = cause == null ? Framing.faultOf(request) : null;
            send(request, 400, fault == null ? "This is not HTTP/1.1." : fault.header() + " " + fault.reason() + ".");
        }
        PublicServer.close(request.connection());
    }

    void handshakeWithBody(HttpServerRequest request) {
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        send(request, 400, "A WebSocket handshake has no body.");
        PublicServer.close(request.connection()); // Vert.x would wait for the body.
    }

    void foreignOrigin(HttpServerRequest request) {
        send(request, 403, "Pages of this origin may not connect: see ALLOWED_ORIGINS.");
    }

    void noRoom(HttpServerRequest request) {
        request.response().putHeader("Retry-After", "1");
        send(request, 503, "The gateway takes no more connections at this moment.");
    }

    void fault(HttpServerRequest request, Throwable failure) {
        log.error("{} {} failed", request.method(), request.path(), failure);
        send(request, 500, "The gateway failed; the correlation id leads to its log.");
    }

    private void send(HttpServerRequest request, int status, String detail) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body(status, detail))
                .onFailure(lost -> log.debug("answer lost", lost));
    }

    private Buffer body(int status, String detail) {
        String title = HttpResponseStatus.valueOf(status).reasonPhrase();
        Correlation correlation = Correlation.current();
        String id = correlation == null ? "" : correlation.id();
        try {
            return Buffer.buffer(json.writeValueAsBytes(new Problem("about:blank", title, status, detail, id)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings and numbers are always JSON", impossible);
        }
    }
}
