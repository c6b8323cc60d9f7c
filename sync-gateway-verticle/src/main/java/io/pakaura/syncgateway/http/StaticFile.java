package io.pakaura.syncgateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the page. A browser asks each time whether its copy is still good.
 *
 * @param etag a hash of the content, so that it is the same on all pods (RFC 9110, section 8.8.3)
 */
record StaticFile(Buffer content, String type, String etag) {
    private static final Logger log = LoggerFactory.getLogger(StaticFile.class);

    static StaticFile of(byte[] content, String type) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new StaticFile(
                    Buffer.buffer(content), type, '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    void answer(HttpServerRequest request) {
        HttpServerResponse response =
                request.response().putHeader(HttpHeaders.ETAG, etag).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        end(request, response).onFailure(lost -> log.debug("answer lost", lost));
    }

    private Future<Void> end(HttpServerRequest request, HttpServerResponse response) {
        if (isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            return response.setStatusCode(304).end();
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(content.length()));
        return request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(content);
    }

    /** Weak comparison (RFC 9110, section 13.1.2): a front door that compresses makes tags weak. */
    private boolean isKnown(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null && (ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(etag));
    }
}
