package io.pakaura.syncgateway.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.pakaura.syncgateway.feed.FeedListener.ResyncCause;
import io.pakaura.syncgateway.feed.FeedListener.StaleCause;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** What the feed watch shows. Written by its thread, read by any. */
final class FeedMetrics {
    private final LongSupplier clock;
    private final MeterRegistry registry;
    private volatile State state;

    private record State(boolean isFresh, long oldestHeartbeat, long lagMillis) {}

    FeedMetrics(LongSupplier clock, MeterRegistry registry) {
        this.clock = clock;
        this.registry = registry;
        this.state = new State(false, clock.getAsLong(), 0);
        Gauge.builder("feed.stale", this, self -> self.state.isFresh ? 0 : 1)
                .description("1 while clients are told that they may be behind, and until the feed has begun")
                .register(registry);
        TimeGauge.builder("feed.heartbeat.age", this, TimeUnit.NANOSECONDS, FeedMetrics::age)
                .description("Since when the partition that has been silent for longest has had no heartbeat")
                .register(registry);
        TimeGauge.builder("feed.outbox.lag", this, TimeUnit.MILLISECONDS, self -> self.state.lagMillis)
                .description("Age of the oldest change that waits to be published, as the task APIs tell")
                .register(registry);
        Stream.of(StaleCause.values()).forEach(cause -> count("stale", cause, 0));
        Stream.of(ResyncCause.values()).forEach(cause -> count("resync", cause, 0));
    }

    private double age() {
        return clock.getAsLong() - state.oldestHeartbeat;
    }

    void show(FeedWatch watch) {
        state = new State(watch.isFresh(), watch.oldestHeartbeat(), watch.lagMillis());
    }

    void count(StaleCause cause) {
        count("stale", cause, 1);
    }

    void count(ResyncCause cause) {
        count("resync", cause, 1);
    }

    /** The registry finds a counter that is there already. */
    private void count(String told, Enum<?> cause, int times) {
        Counter.builder("feed.changes")
                .description("How often all clients were told to poll, or to fetch the delta")
                .tag("told", told)
                .tag("reason", cause.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment(times);
    }
}
