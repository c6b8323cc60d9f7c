package io.pakaura.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** What a service counts and measures, and how Prometheus reads it. Safe on any thread. */
public final class Metrics {
    private static final Duration LAG_INTERVAL = Duration.ofMillis(500);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /** Measures the JVM from now on. */
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** The upper bounds of a histogram's buckets. */
    public static Duration[] buckets(long... millis) {
        return LongStream.of(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    /**
     * Measures from now on how late the event loop of the caller is: {@code event_loop_lag_seconds}, over all loops that
     * are watched. Call it on the loop, in a verticle; it ends with the verticle.
     */
    public void watchEventLoop(Vertx vertx) {
        Timer lag = Timer.builder("event.loop.lag")
                .description("How much later than it should a timer of an event loop runs")
                .serviceLevelObjectives(buckets(1, 10, 100))
                .register(registry);
        measureLag(vertx, lag);
    }

    private static void measureLag(Vertx vertx, Timer lag) {
        long due = System.nanoTime() + LAG_INTERVAL.toNanos();
        vertx.setTimer(LAG_INTERVAL.toMillis(), fired -> {
            lag.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
            measureLag(vertx, lag);
        });
    }

    /** All meters in Prometheus' text format, version 0.0.4. */
    String scrape() {
        return registry.scrape();
    }

    /** Stops listening to the JVM. */
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
