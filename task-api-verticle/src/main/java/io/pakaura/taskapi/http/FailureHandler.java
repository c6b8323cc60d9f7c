package io.pakaura.taskapi.http;

import io.pakaura.service.Correlation;
import io.pakaura.service.PublicServer;
import io.pakaura.taskapi.task.StoreUnavailableException;
import io.pakaura.taskapi.task.UserBusyException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a request that could not be served becomes a problem document. */
final class FailureHandler implements Handler<RoutingContext> {
    private static final Logger log = LoggerFactory.getLogger(FailureHandler.class);
    static final String RETRY_AFTER_SECONDS = "1";

    @Override
    public void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten()) {
            response.reset();
            return;
        }
        if (BrokenBody.isGone(context)) {
            log.debug("the caller went away before the end of the body");
            return;
        }
        Correlation correlation = CorrelationHandler.of(context);
        ProblemException problem = problemOf(context);
        response.setStatusCode(problem.type().status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.CONTENT_TYPE);
        problem.headers().forEach(response::putHeader);
        response.end(Json.write(problem.toProblem(correlation.id())))
                .onFailure(gone -> log.debug("the caller went away", gone));
        if (BrokenBody.isUnreadable(context)) {
            PublicServer.close(context.request().connection());
        }
    }

    private static ProblemException problemOf(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof ProblemException problem) {
            return problem;
        }
        if (failure instanceof StoreUnavailableException unavailable) {
            log.debug("answered with 503: {}", unavailable.getMessage());
            return ProblemException.of(
                    ProblemType.UNAVAILABLE, "try again soon", Map.of("Retry-After", RETRY_AFTER_SECONDS));
        }
        if (failure instanceof UserBusyException) {
            return ProblemException.of(
                    ProblemType.TOO_MANY_REQUESTS,
                    "too many of your requests are under way, and this one did not begin",
                    Map.of("Retry-After", RETRY_AFTER_SECONDS));
        }
        if (BrokenBody.isUnreadable(context)) {
            log.debug("answered with 400: {}", String.valueOf(failure));
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            return ProblemException.invalid("body", "is not in chunks as HTTP/1.1 has them");
        }
        int status = failure instanceof HttpException http ? http.getStatusCode() : context.statusCode();
        if (status >= 400 && status < 500) {
            return ofStatus(context, status);
        }
        log.error("{} {} failed", context.request().method(), context.normalizedPath(), failure);
        return ProblemException.of(ProblemType.INTERNAL, "the log has more under the correlation id");
    }

    private static ProblemException ofStatus(RoutingContext context, int status) {
        ProblemType type = ProblemType.ofStatus(status);
        return switch (type) {
            case TOO_LARGE ->
                ProblemException.of(type, List.of(new Problem.FieldError("body", "must not be over 64 KiB")));
            case NOT_FOUND -> ProblemException.of(type, "no route has the path " + context.normalizedPath());
            case EXPECTATION_FAILED -> ProblemException.of(type, "of Expect only 100-continue can be met");
            default -> ProblemException.of(type, "the request could not be read");
        };
    }
}
