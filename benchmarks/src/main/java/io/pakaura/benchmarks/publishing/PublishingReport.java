package io.pakaura.benchmarks.publishing;

import io.pakaura.benchmarks.load.Spread;
import io.pakaura.benchmarks.publishing.PublishingBenchmark.Instant;
import io.pakaura.benchmarks.publishing.PublishingBenchmark.Real;
import io.pakaura.benchmarks.publishing.PublishingBenchmark.Recovery;
import io.pakaura.benchmarks.stand.ServerProcess;
import java.util.Locale;
import java.util.Optional;

/**
 * The results in Markdown.
 *
 * @param load of the machine in the minute before
 * @param real empty where there is no daprd
 */
record PublishingReport(PublishingConfig config, double load, Optional<Real> real, Instant instant) {
    private static final double THROUGHPUT_GOAL = 2.0;
    private static final double P50_GOAL = 1.05;
    private static final double P99_GOAL_MS = 5;
    private static final double DELAY_GOAL_MS = 1;

    String markdown() {
        StringBuilder report = new StringBuilder();
        add(
                report,
                """
                # Publishing

                %s%s; load before: %.1f.

                `POST /tasks` of %d users; after a warm-up %d runs of %d s for each server, in turns; JVM flags `%s`.
                Medians, with the smallest and the largest in brackets. What they mean: [README](../README.md).
                """,
                instant.environment(),
                real.map(found -> ", " + found.versions()).orElse(""),
                load,
                config.users(),
                config.rounds(),
                config.timed().toSeconds(),
                String.join(" ", ServerProcess.JVM_FLAGS));
        real.ifPresentOrElse(
                found -> addThroughput(report, found.throughput()),
                () -> add(report, "%nThere is no daprd on this machine: what needs it was skipped.%n"));
        addLatencies(report);
        real.ifPresent(found -> addDelay(report, found.delay()));
        addOutages(report);
        return report.toString();
    }

    private void addThroughput(StringBuilder report, Throughput.Result result) {
        add(
                report,
                """

                ## Sustained writes, real daprd and Kafka, %d connections

                | | writes/s until the outbox is empty | of the first | goal | while there is load | outbox at its end | drained in ms | p50 ms | p99 ms | CPU µs a write |
                |---|---|---|---|---|---|---|---|---|---|
                """,
                config.connections());
        result.all().forEach(series -> addThroughput(report, series, result.awaiting()));
        add(report, "%nThe outbox was empty at the begin of each run, and at the end of the time that counts.%n");
    }

    private static void addThroughput(StringBuilder report, Throughput.Series series, Throughput.Series baseline) {
        boolean hasOutbox = series.contender().outbox();
        Spread multiple = series.multipleOf(baseline);
        add(
                report,
                "| %s | %s | %s | %s | %,.0f | %s | %s | %.2f | %.2f | %.0f |%n",
                series.contender().name(),
                numbers("%,.0f", series.spread(Throughput.Sample::sustained)),
                series.equals(baseline) ? "1" : bold("%.2f", multiple),
                hasOutbox ? goal("%.1f", THROUGHPUT_GOAL, multiple.median() >= THROUGHPUT_GOAL) : "",
                series.spread(Throughput.Sample::answered).median(),
                hasOutbox ? numbers("%,.0f", series.spread(Throughput.Sample::depth)) : "",
                hasOutbox ? numbers("%,.0f", series.spread(Throughput.Sample::drainMillis)) : "",
                series.spread(Throughput.Sample::p50).median(),
                series.spread(Throughput.Sample::p99).median(),
                series.spread(Throughput.Sample::cpuMicros).median());
    }

    private void addLatencies(StringBuilder report) {
        add(
                report,
                """

                ## Latency with events on and off, at half the saturated rate, and at a rate that does not depend on it

                An open loop, at most %d connections; latency counts from the moment at which a request was due. "Max" is the \
                largest of all runs. The goals are for half the saturated rate.

                | sidecar | writes/s | p50 off ms | p50 on ms | on/off | goal | p99 off ms | p99 on ms | on − off ms | goal | max off ms | max on ms |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                """,
                config.connections());
        instant.latencies().forEach(result -> addLatency(report, result));
        real.ifPresent(found -> found.latencies().forEach(result -> addLatency(report, result)));
        add(report, "%n");
        for (Recovery recovery : instant.recoveries()) {
            if (recovery.rows() > 0) {
                add(
                        report,
                        "- %s: %,d rows waited when it was well again; the outbox was empty %.1f s later%n",
                        recovery.sidecar(),
                        recovery.rows(),
                        recovery.time().toMillis() / 1e3);
            }
        }
    }

    private static void addLatency(StringBuilder report, Latency.Result result) {
        Spread p50 = result.compared(Latency.Sample::p50, (on, off) -> on / off);
        Spread p99 = result.compared(Latency.Sample::p99, (on, off) -> on - off);
        add(
                report,
                "| %s | %,d | %.2f | %.2f | %s | %s | %.2f | %.2f | %s | %s | %.0f | %.0f |%n",
                result.sidecar(),
                result.perSecond(),
                Latency.Result.spread(result.off(), Latency.Sample::p50).median(),
                Latency.Result.spread(result.on(), Latency.Sample::p50).median(),
                bold("%.3f", p50),
                result.hasGoal() ? goal("%.2f", P50_GOAL, p50.median() <= P50_GOAL) : "",
                Latency.Result.spread(result.off(), Latency.Sample::p99).median(),
                Latency.Result.spread(result.on(), Latency.Sample::p99).median(),
                bold("%.2f", p99),
                result.hasGoal() ? goal("%.0f", P99_GOAL_MS, p99.median() <= P99_GOAL_MS) : "",
                Latency.Result.spread(result.off(), Latency.Sample::max).max(),
                Latency.Result.spread(result.on(), Latency.Sample::max).max());
    }

    private void addDelay(StringBuilder report, Delay.Result result) {
        Spread more = result.more();
        add(
                report,
                """

                ## From the commit to the sidecar's 204, %d writes/s, real daprd and Kafka

                | | mean ms | more than the first | goal | p50 ms | p99 ms |
                |---|---|---|---|---|---|
                | direct publish | %s | | | %.2f | %.2f |
                | outbox | %s | %s | %s | ≤ %.0f | ≤ %.0f |

                The outbox's percentiles are bounds of its histogram's buckets.
                """,
                config.writesPerSecond(),
                numbers("%.2f", Delay.Result.spread(result.direct(), Delay.Sample::mean)),
                Delay.Result.spread(result.direct(), Delay.Sample::p50).median(),
                Delay.Result.spread(result.direct(), Delay.Sample::p99).median(),
                numbers("%.2f", Delay.Result.spread(result.outbox(), Delay.Sample::mean)),
                bold("%.2f", more),
                goal("%.0f", DELAY_GOAL_MS, more.median() <= DELAY_GOAL_MS),
                Delay.Result.spread(result.outbox(), Delay.Sample::p50).median(),
                Delay.Result.spread(result.outbox(), Delay.Sample::p99).median());
    }

    private void addOutages(StringBuilder report) {
        add(
                report,
                """

                ## An outage of %.1f s at %d writes/s

                Once for each. Every write was answered with 2xx.

                | | sidecar | writes | events | lost | p50 ms | p99 ms | max ms |
                |---|---|---|---|---|---|---|---|
                """,
                config.outage().toMillis() / 1e3,
                config.writesPerSecond());
        for (Outages.Result outage : instant.outages()) {
            add(
                    report,
                    "| %s | %s | %,d | %,d | **%,d** | %.1f | %,.0f | %,.0f |%n",
                    outage.server(),
                    outage.sidecar().description(),
                    outage.writes(),
                    outage.events(),
                    outage.lost(),
                    outage.p50(),
                    outage.p99(),
                    outage.max());
        }
    }

    private static String numbers(String format, Spread spread) {
        return String.format(
                Locale.ROOT, format + " (" + format + "–" + format + ")", spread.median(), spread.min(), spread.max());
    }

    private static String bold(String format, Spread spread) {
        return String.format(
                Locale.ROOT,
                "**" + format + "** (" + format + "–" + format + ")",
                spread.median(),
                spread.min(),
                spread.max());
    }

    private static String goal(String format, double goal, boolean met) {
        return String.format(Locale.ROOT, format, goal) + (met ? ": met" : ": **missed**");
    }

    private static void add(StringBuilder report, String format, Object... values) {
        report.append(String.format(Locale.ROOT, format, values));
    }
}
