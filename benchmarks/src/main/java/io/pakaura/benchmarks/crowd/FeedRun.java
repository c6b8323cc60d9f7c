package io.pakaura.benchmarks.crowd;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** The deliveries of one run. Written by the crowd's thread; to be read when all have come. */
final class FeedRun {
    private static final long MAX_LATENCY_NANOS = Duration.ofMinutes(2).toNanos();

    private final Schedule schedule;
    private final Histogram latencies = new Histogram(MAX_LATENCY_NANOS, 3);
    private final AtomicLong delivered = new AtomicLong();

    FeedRun(Schedule schedule) {
        this.schedule = schedule;
    }

    Schedule schedule() {
        return schedule;
    }

    /** Counts the delivery of an event, if it is of this run. */
    boolean takes(long number, long now) {
        if (!schedule.owns(number)) {
            return false;
        }
        latencies.recordValue(Math.max(0, Math.min(MAX_LATENCY_NANOS, now - schedule.due(number))));
        delivered.incrementAndGet();
        return true;
    }

    long delivered() {
        return delivered.get();
    }

    Histogram latencies() {
        return latencies;
    }
}
