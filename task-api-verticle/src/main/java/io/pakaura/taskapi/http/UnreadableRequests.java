package io.pakaura.taskapi.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.pakaura.service.Correlation;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what is no HTTP request, or one with too long a head or in doubtful words, before any router sees it (RFC 9110, sections 15.5.1 and
 * 15.5.15; RFC 6585, section 5). Where the next request would begin nobody knows, so the connection ends.
 */
final class UnreadableRequests implements Handler<HttpServerRequest> {
    private static final Logger log = LoggerFactory.getLogger(UnreadableRequests.class);

    @Override
    public void handle(HttpServerRequest request) {
        refuse(request, problemOf(request.decoderResult().cause()));
    }

    /** What Netty lets pass, but another server on the way may read differently (RFC 9112, sections 3.2 and 6.1). */
    static @Nullable ProblemException faultOf(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        boolean isOld = request.version() == HttpVersion.HTTP_1_0;
        if (!codings.isEmpty()
                && (isOld || codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked"))) {
            return ProblemException.invalid(
                    "Transfer-Encoding", "must be chunked and nothing else, and not of HTTP/1.0");
        }
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        return hosts == 1 || (hosts == 0 && isOld) ? null : ProblemException.invalid("Host", "must be given once");
    }

    /** Ends the request, and the connection. */
    static void refuse(HttpServerRequest request, ProblemException problem) {
        Correlation correlation = Correlation.continuing(request.getHeader(Correlation.HEADER), null);
        request.response()
                .setStatusCode(problem.type().status())
                .putHeader(Correlation.HEADER, correlation.id())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(Json.write(problem.toProblem(correlation.id())))
                .onFailure(gone -> log.debug("the caller went away", gone));
        PublicServer.close(request.connection());
    }

    private static ProblemException problemOf(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return ProblemException.of(ProblemType.URI_TOO_LONG, "the request line must not be over 4 KiB");
        }
        return cause instanceof TooLongHttpHeaderException
                ? ProblemException.of(ProblemType.HEADERS_TOO_LARGE, "the headers must not be over 8 KiB together")
                : ProblemException.of(ProblemType.INVALID_REQUEST, "this is not HTTP/1.1");
    }
}
