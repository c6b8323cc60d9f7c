package io.pakaura.taskapi.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.pakaura.service.Correlation;
import io.pakaura.service.Framing;
import io.pakaura.service.PublicServer;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what is no HTTP request, or one with too long a head or a framing in doubt, before any router sees it (RFC 9110,
 * sections 15.5.1 and 15.5.15; RFC 6585, section 5). Where the next request would begin nobody knows, so the connection
 * ends.
 */
public final class UnreadableRequests implements Handler<HttpServerRequest> {
    private static final Logger log = LoggerFactory.getLogger(UnreadableRequests.class);

    @Override
    public void handle(HttpServerRequest request) {
        Correlation correlation = Correlation.continuing(request.getHeader(Correlation.HEADER), null);
        ProblemException problem = problemOf(request);
        request.response()
                .setStatusCode(problem.type().status())
                .putHeader(Correlation.HEADER, correlation.id())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(Json.write(problem.toProblem(correlation.id())))
                .onFailure(gone -> log.debug("the caller went away", gone));
        PublicServer.close(request.connection());
    }

    private static ProblemException problemOf(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause != null) {
            return problemOf(cause);
        }
        Framing.Fault fault = Framing.faultOf(request);
        return fault == null
                ? ProblemException.of(ProblemType.INVALID_REQUEST, "this is not HTTP/1.1")
                : ProblemException.invalid(fault.header(), fault.reason());
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
