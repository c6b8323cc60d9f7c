package io.pakaura.syncgateway.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.pakaura.syncgateway.session.Audience;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * Watches the feed by its heartbeats, and has clients, logs and metrics told what becomes of it. The watch is on one event
 * loop; the methods are for any thread.
 */
public final class FeedMonitor {
    /** A check has next to nothing to do, and adds this much to the time until a silence is told. */
    private static final long CHECK_MILLIS = 500;

    private final Vertx vertx;
    private final Context context;
    private final FeedMetrics metrics;
    private final PartitionCheck check;
    private final FeedReports reports;
    private final FeedWatch watch;
    private long timer;

    /** @param clock monotonic, in nanoseconds */
    public FeedMonitor(Vertx vertx, Audience audience, MeterRegistry registry, LongSupplier clock) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.metrics = new FeedMetrics(clock, registry);
        this.check = new PartitionCheck(clock);
        this.reports = new FeedReports(audience, metrics, clock);
        this.watch = new FeedWatch(clock, reports);
    }

    /** Begins to notice silence. */
    public void start() {
        context.runOnContext(here -> timer = vertx.setPeriodic(CHECK_MILLIS, due -> check()));
    }

    public void close() {
        context.runOnContext(here -> vertx.cancelTimer(timer));
    }

    /** Whether each partition has had a heartbeat once; that stays, whatever becomes of the feed. */
    public boolean isProved() {
        return reports.isProved();
    }

    /** @param partition that an event came by; below 0 if the broker doesn't tell */
    void eventCame(int partition) {
        check.cameBy(partition);
    }

    /** @param partition that the heartbeat came by; below 0 if the broker doesn't tell */
    void hear(Heartbeat beat, int partition) {
        if (partition >= 0) {
            check.cameBy(partition, beat);
        }
        context.runOnContext(here -> {
            watch.hear(partition >= 0 ? beat.by(partition) : beat);
            show();
        });
    }

    private void check() {
        watch.check();
        show();
    }

    private void show() {
        metrics.show(watch);
        if (watch.partitions() > 0) {
            check.watched(watch.partitions());
        }
    }
}
