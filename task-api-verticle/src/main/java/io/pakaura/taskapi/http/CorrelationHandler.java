package io.pakaura.taskapi.http;

import io.pakaura.service.Correlation;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;

/** Gives each request its {@link Correlation}, and each response the header that says so. */
final class CorrelationHandler implements PlatformHandler {
    /** Key of the correlation in the routing context. */
    private static final String KEY = "correlation";

    @Override
    public void handle(RoutingContext context) {
        of(context).makeCurrent();
        context.next();
    }

    /** The request's correlation; made now if the request failed before it came here. */
    static Correlation of(RoutingContext context) {
        Correlation known = context.get(KEY);
        if (known != null) {
            return known;
        }
        Correlation correlation = Correlation.continuing(
                context.request().getHeader(Correlation.HEADER),
                context.request().getHeader("traceparent"));
        context.put(KEY, correlation);
        context.response().putHeader(Correlation.HEADER, correlation.id());
        return correlation;
    }
}
