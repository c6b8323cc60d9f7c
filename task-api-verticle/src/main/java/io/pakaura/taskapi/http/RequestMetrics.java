package io.pakaura.taskapi.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.http.Outcome;
import io.pakaura.service.Metrics;
import io.pakaura.taskapi.http.Contract.Operation;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures every request that the router sees, until its response is written: {@code http_server_requests_seconds} by
 * route, method, status and outcome, named as Micrometer's other HTTP servers name it. Routes are those of the contract and
 * one for all other paths, so that nobody can make up new time series.
 */
final class RequestMetrics implements PlatformHandler {
    /** Key of the operation in the routing context. */
    private static final String OPERATION = "operation";

    private static final String OTHER = "OTHER";
    private static final Duration[] BUCKETS = Metrics.buckets(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_500);

    private final MeterRegistry registry;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    private record Series(String route, String method, int status) {}

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Says which operation a request turned out to be. */
    static void isFor(RoutingContext context, Operation operation) {
        context.put(OPERATION, operation);
    }

    @Override
    public void handle(RoutingContext context) {
        long start = System.nanoTime();
        context.addEndHandler(ended -> {
            Operation operation = context.get(OPERATION);
            Series series = operation == null
                    ? new Series(OTHER, OTHER, context.response().getStatusCode())
                    : new Series(
                            operation.path(),
                            operation.method().name(),
                            context.response().getStatusCode());
            timers.computeIfAbsent(series, this::timer).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        });
        context.next();
    }

    private Timer timer(Series series) {
        return Timer.builder("http.server.requests")
                .description("Requests until their response was written")
                .tag("uri", series.route())
                .tag("method", series.method())
                .tag("status", Integer.toString(series.status()))
                .tag("outcome", Outcome.forStatus(series.status()).name())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
