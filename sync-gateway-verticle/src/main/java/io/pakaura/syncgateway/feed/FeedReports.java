package io.pakaura.syncgateway.feed;

import io.pakaura.syncgateway.session.Audience;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells clients, logs and metrics what becomes of the feed. For the watch's thread, but {@link #isProved}. */
final class FeedReports implements FeedListener {
    private static final Logger log = LoggerFactory.getLogger(FeedReports.class);

    /** Of a topic with many partitions, so many are named. */
    private static final int NAMED = 20;

    private final Audience audience;
    private final FeedMetrics metrics;
    private final LongSupplier clock;
    private long staleSince;
    private boolean isStale;
    private volatile boolean proved;

    FeedReports(Audience audience, FeedMetrics metrics, LongSupplier clock) {
        this.audience = audience;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** From any thread. */
    boolean isProved() {
        return proved;
    }

    @Override
    public void slowToBegin(List<Integer> missing) {
        log.warn(
                "the feed has not begun, so this gateway is not ready, and clients are told to poll: no heartbeat came yet {}",
                missing.isEmpty() ? "from any task API" : on(missing));
    }

    @Override
    public void proved(int partitions) {
        log.info("the feed has begun: heartbeats come on all partitions, {} in number", partitions);
        proved = true;
        audience.proved();
    }

    @Override
    public void stale(StaleCause cause, List<Integer> silent, long lagMillis) {
        log.warn(
                "the feed is stale, and clients are told to poll: {}",
                cause == StaleCause.SILENCE
                        ? "no heartbeat comes " + on(silent)
                        : "changes have waited for %d ms to be published".formatted(lagMillis));
        isStale = true;
        staleSince = clock.getAsLong();
        metrics.count(cause);
        audience.stale();
    }

    private static String on(List<Integer> partitions) {
        List<Integer> first = partitions.subList(0, Math.min(NAMED, partitions.size()));
        String rest = first.size() < partitions.size() ? " and %d more".formatted(partitions.size() - NAMED) : "";
        return "on partitions " + first + rest;
    }

    @Override
    public void resync(ResyncCause cause) {
        if (isStale) {
            isStale = false;
            long seconds = TimeUnit.NANOSECONDS.toSeconds(clock.getAsLong() - staleSince);
            log.info("the feed is fresh again after {} s, and clients are told to fetch what changed", seconds);
        }
        if (cause == ResyncCause.EPOCH) {
            log.info("the task API counts another history, and clients are told to fetch it");
        }
        metrics.count(cause);
        audience.resync(cause == ResyncCause.EPOCH ? "the history is another one" : "the feed is fresh again");
    }
}
