package io.pakaura.endtoend.chaos;

import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** How long things took, in milliseconds. */
record Latencies(int count, double p50, double p99, double max) {

    static Latencies of(Collection<Timed> times) {
        double[] sorted = times.stream()
                .mapToDouble(time -> (double) time.nanos() / TimeUnit.MILLISECONDS.toNanos(1))
                .sorted()
                .toArray();
        return sorted.length == 0
                ? new Latencies(0, 0, 0, 0)
                : new Latencies(
                        sorted.length,
                        sorted[sorted.length / 2],
                        sorted[(int) (sorted.length * 0.99)],
                        sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return count == 0 ? "–" : "%.1f / %.1f / %.0f".formatted(p50, p99, max);
    }
}
