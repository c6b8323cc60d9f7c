package io.pakaura.benchmarks.rest;

import io.pakaura.benchmarks.load.Spread;
import io.pakaura.benchmarks.stand.ServerProcess;
import java.util.List;
import java.util.Locale;

/**
 * The results in Markdown.
 *
 * @param load of the machine in the minute before
 */
record RestReport(RestBenchmarkConfig config, String environment, double load, List<RestCase.Result> results) {

    String markdown() {
        StringBuilder report = new StringBuilder(
                """
                # REST

                %s; load before: %.1f.

                %d connections, a closed loop; after a warm-up %d runs of %d s for each server, in turns; JVM flags `%s`.
                Medians, with the smallest and the largest in brackets. What they mean: [README](../README.md).
                """
                        .formatted(
                                environment,
                                load,
                                config.connections(),
                                config.rounds(),
                                config.timed().toSeconds(),
                                String.join(" ", ServerProcess.JVM_FLAGS)));
        results.forEach(result -> append(report, result));
        return report.toString();
    }

    private static void append(StringBuilder report, RestCase.Result result) {
        report.append(
                """

                ## %s

                | | requests/s | of the first | goal | p50 ms | p99 ms | CPU µs a request |
                |---|---|---|---|---|---|---|
                """
                        .formatted(result.title()));
        List<Series> series = result.series();
        report.append(row(series.get(0), "1 | "));
        series.stream().skip(1).forEach(other -> report.append(row(other, share(other, series.get(0)))));
        long drain = series.stream()
                .flatMap(all -> all.samples().stream())
                .mapToLong(Sample::drainMillis)
                .max()
                .orElse(0);
        if (drain > 0) {
            report.append("\nAll events were published; the outbox was empty at most %,d ms after the last answer.\n"
                    .formatted(drain));
        }
    }

    private static String row(Series series, String share) {
        Spread throughput = series.spread(Sample::throughput);
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f (%,.0f–%,.0f) | %s | %.2f | %.2f | %.0f |%n",
                series.name(),
                throughput.median(),
                throughput.min(),
                throughput.max(),
                share,
                series.spread(Sample::p50).median(),
                series.spread(Sample::p99).median(),
                series.spread(Sample::cpuMicros).median());
    }

    private static String share(Series series, Series first) {
        Spread share = series.shareOf(first);
        String goal = series.goal() == 0
                ? ""
                : String.format(
                        Locale.ROOT, "%.2f: %s", series.goal(), share.median() >= series.goal() ? "met" : "**missed**");
        return String.format(Locale.ROOT, "**%.2f** (%.2f–%.2f) | %s", share.median(), share.min(), share.max(), goal);
    }
}
