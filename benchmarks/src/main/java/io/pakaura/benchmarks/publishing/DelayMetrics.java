package io.pakaura.benchmarks.publishing;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The timer {@code outbox_delay_seconds} of {@code task-updates}, as {@code /metrics} shows it: from the commit to the
 * sidecar's 204.
 *
 * @param buckets events that took at most so many seconds
 */
record DelayMetrics(double count, double sumSeconds, SortedMap<Double, Double> buckets) {
    private static final Pattern LINE =
            Pattern.compile("^outbox_delay_seconds_(count|sum|bucket)\\{([^}]*)\\} (\\S+)$", Pattern.MULTILINE);
    private static final Pattern BOUND = Pattern.compile("\\ble=\"([^\"]+)\"");
    private static final String TOPIC = "topic=\"task-updates\"";
    private static final double MILLIS = 1e3;

    /** @param metrics in Prometheus' text format */
    static DelayMetrics read(String metrics) {
        double count = 0;
        double sum = 0;
        SortedMap<Double, Double> buckets = new TreeMap<>();
        for (Matcher line = LINE.matcher(metrics); line.find(); ) {
            double value = Double.parseDouble(line.group(3));
            Matcher bound = BOUND.matcher(line.group(2));
            if (!line.group(2).contains(TOPIC)) {
                continue;
            }
            switch (line.group(1)) {
                case "count" -> count = value;
                case "sum" -> sum = value;
                default -> {
                    if (bound.find()) {
                        buckets.put(bound(bound.group(1)), value);
                    }
                }
            }
        }
        return new DelayMetrics(count, sum, buckets);
    }

    private static double bound(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /** What came since. */
    DelayMetrics since(DelayMetrics before) {
        SortedMap<Double, Double> difference = new TreeMap<>();
        buckets.forEach((bound, events) -> difference.put(bound, events - before.buckets.getOrDefault(bound, 0.0)));
        return new DelayMetrics(count - before.count, sumSeconds - before.sumSeconds, difference);
    }

    /** In milliseconds. */
    double mean() {
        return MILLIS * sumSeconds / count;
    }

    /** The bucket's end, in milliseconds: a percentile is at most that. */
    double atMost(double percentile) {
        return buckets.entrySet().stream()
                .filter(bucket -> bucket.getValue() >= count * percentile / 100)
                .mapToDouble(bucket -> MILLIS * bucket.getKey())
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
