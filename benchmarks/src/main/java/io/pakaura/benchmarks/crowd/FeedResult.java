package io.pakaura.benchmarks.crowd;

import org.HdrHistogram.Histogram;

/**
 * What a run of events saw.
 *
 * @param deliveries to a socket each
 * @param latencies from when an event was due to when a socket had it, in nanoseconds
 */
public record FeedResult(long events, long deliveries, Histogram latencies) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** In milliseconds. */
    public double percentile(double percentile) {
        return latencies.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
