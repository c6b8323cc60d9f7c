package io.pakaura.service;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Netty lets pass, but another server on the way may read differently: where a request ends, and whom it is for
 * (RFC 9112, sections 3.2 and 6.1).
 */
public final class Framing {
    private Framing() {}

    /**
     * What is in doubt.
     *
     * @param header whose fault it is
     * @param reason the end of a sentence that begins with the header's name
     */
    public record Fault(String header, String reason) {}

    /** The fault of a request, if it has one. */
    public static @Nullable Fault faultOf(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        boolean isOld = request.version() == HttpVersion.HTTP_1_0;
        if (!codings.isEmpty()
                && (isOld || codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked"))) {
            return new Fault("Transfer-Encoding", "must be chunked and nothing else, and not of HTTP/1.0");
        }
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        return hosts == 1 || (hosts == 0 && isOld) ? null : new Fault("Host", "must be given once");
    }
}
