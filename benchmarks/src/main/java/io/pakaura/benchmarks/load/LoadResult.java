package io.pakaura.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What a run of load saw.
 *
 * @param latencies of the requests that count as made while time was taken, in nanoseconds
 * @param timed how long time was taken
 * @param requests all that were answered, those of the warm-up too
 */
public record LoadResult(Histogram latencies, Duration timed, long requests) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    /** Requests a second. */
    public double throughput() {
        return latencies.getTotalCount() * NANOS_PER_SECOND / timed.toNanos();
    }

    /** In milliseconds. */
    public double percentile(double percentile) {
        return latencies.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    /** In milliseconds. */
    public double max() {
        return latencies.getMaxValue() / NANOS_PER_MILLI;
    }
}
