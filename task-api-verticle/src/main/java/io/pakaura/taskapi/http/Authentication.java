package io.pakaura.taskapi.http;

import io.pakaura.service.Correlation;
import io.pakaura.service.TokenCheck;
import io.pakaura.service.TokenOutcome;
import io.pakaura.taskapi.task.Caller;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.util.Map;

/** Finds out who calls, and leaves a {@link Caller} behind; else 401 (RFC 6750, section 3). */
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

    @Override
    public void handle(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        TokenOutcome outcome = tokens.checkHeader(header);
        if (outcome instanceof TokenOutcome.Accepted accepted) {
            Correlation correlation = CorrelationHandler.of(context);
            context.put(CALLER, new Caller(accepted.user(), correlation.id(), correlation.traceparent()));
            context.next();
        } else if (outcome instanceof TokenOutcome.Rejected rejected) {
            String challenge = header == null ? "Bearer" : "Bearer error=\"invalid_token\"";
            throw ProblemException.of(
                    ProblemType.UNAUTHORIZED, rejected.reason(), Map.of("WWW-Authenticate", challenge));
        }
    }
}
