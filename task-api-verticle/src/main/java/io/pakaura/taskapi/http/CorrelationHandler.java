package io.pakaura.taskapi.http;

import io.pakaura.service.Correlation;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;

/** Gives each request its {@link Correlation}, and each response the header that says so. */
final class CorrelationHandler implements PlatformHandler {
    /** Key of the correlation in the routing context. */
    static final String KEY = "correlation";

    @Override
    public void handle(RoutingContext context) {
        Correlation correlation = Correlation.continuing(
                context.request().getHeader(Correlation.HEADER),
                context.request().getHeader("traceparent"));
        correlation.makeCurrent();
        context.put(KEY, correlation);
        context.response().putHeader(Correlation.HEADER, correlation.id());
        context.next();
    }
}
