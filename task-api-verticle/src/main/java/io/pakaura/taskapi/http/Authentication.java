package io.pakaura.taskapi.http;

import io.pakaura.service.Correlation;
import io.pakaura.service.TokenCheck;
import io.pakaura.service.TokenOutcome;
import io.pakaura.taskapi.task.Caller;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.util.Map;

/** Finds out who calls, and leaves a {@link Caller} behind; else 401 (RFC 6750, section 3), or 503 if it cannot. */
final class Authentication implements AuthenticationHandler {
    /** Key of the caller in the routing context. */
    private static final String CALLER = "caller";

    private final TokenCheck tokens;

    Authentication(TokenCheck tokens) {
        this.tokens = tokens;
    }

    /** Who calls; behind this handler. */
    static Caller caller(RoutingContext context) {
        return context.get(CALLER);
    }

    /** A body that arrives during the check waits for whoever reads it. */
    @Override
    public void handle(RoutingContext context) {
        Future<TokenOutcome> check = tokens.checkHeader(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (check.isComplete()) {
            proceed(context, check.result());
            return;
        }
        context.request().pause();
        check.onSuccess(outcome -> {
                    proceed(context, outcome);
                    context.request().resume();
                })
                .onFailure(context::fail);
    }

    private static void proceed(RoutingContext context, TokenOutcome outcome) {
        if (outcome instanceof TokenOutcome.Accepted accepted) {
            Correlation correlation = CorrelationHandler.of(context);
            context.put(CALLER, new Caller(accepted.user(), correlation.id(), correlation.traceparent()));
            context.next();
        } else if (outcome instanceof TokenOutcome.Refused refused) {
            context.fail(unauthorized(context, refused));
        } else {
            context.fail(ProblemException.of(
                    ProblemType.UNAVAILABLE,
                    "the token cannot be checked just now, try again soon",
                    Map.of("Retry-After", FailureHandler.RETRY_AFTER_SECONDS)));
        }
    }

    private static ProblemException unauthorized(RoutingContext context, TokenOutcome.Refused refused) {
        boolean isAnonymous = !context.request().headers().contains(HttpHeaders.AUTHORIZATION);
        String challenge = isAnonymous ? "Bearer" : "Bearer error=\"invalid_token\"";
        return ProblemException.of(ProblemType.UNAUTHORIZED, refused.reason(), Map.of("WWW-Authenticate", challenge));
    }
}
