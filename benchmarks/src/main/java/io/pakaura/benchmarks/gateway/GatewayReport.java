package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.load.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results in Markdown: first the goals, then each part. */
final class GatewayReport {
    private static final double BURST_GOAL = 0.5;
    private static final double P50_GOAL = 1.1;
    private static final double MEMORY_GOAL_KIB = 10;
    private static final double SLOW_GOAL_MIB = 5;
    private static final double SLOW_P99_GOAL = 1.2;
    private static final double CHURN_GOAL = 1.05;
    private static final double MEBIBYTE = 1024 * 1024;
    private static final double P99_GOAL = 1.2;

    private final String head;
    private final StringBuilder goals = new StringBuilder();
    private final StringBuilder parts = new StringBuilder();

    /** @param load of the machine in the minute before */
    GatewayReport(GatewayConfig config, String environment, Optional<String> node, double load) {
        this.head = format(
                """
                # Gateway

                %s%s; load before: %.1f.

                Events of 836 bytes; after a warm-up %d runs of %d s for each server, in turns; JVM flags `%s`.
                Medians, with the smallest and the largest in brackets. What they mean: [README](../README.md).
                """,
                environment,
                node.map(version -> ", Node " + version).orElse(", Node did not take part"),
                load,
                config.rounds(),
                config.timed().toSeconds(),
                String.join(" ", config.jvmFlags()));
    }

    String markdown() {
        return head + "\n| | goal | result | |\n|---|---|---|---|\n" + goals + parts;
    }

    void add(Deliveries.Result result) {
        Deliveries.Case delivery = result.delivery();
        String title = format(
                "%,d users with %s each, %,d events/s",
                delivery.users(),
                delivery.socketsOfUser() == 1 ? "a socket" : delivery.socketsOfUser() + " sockets",
                delivery.perSecond());
        Series floor = result.spaced().get(0);
        Spread ratio = result.spaced().get(1).ratio(floor, Series.Sample::cpuMicros);
        goal("CPU a delivery of the floor's, " + title, "%.2f", "≤ ", delivery.goal(), ratio);
        add("%n## %s%n", title);
        add("%n| | CPU µs a delivery | of the floor | p50 ms | p99 ms |%n|---|---|---|---|---|%n");
        for (Series series : result.spaced()) {
            add(
                    "| %s | %s | %s | %.2f | %.2f |%n",
                    series.name(),
                    numbers("%.1f", series.spread(sample -> sample.cpuMicros() / delivery.socketsOfUser())),
                    series.equals(floor) ? "1" : bold("%.2f", series.ratio(floor, Series.Sample::cpuMicros)),
                    series.median(Series.Sample::p50),
                    series.median(Series.Sample::p99));
        }
        result.bursts().ifPresent(bursts -> add(bursts, title));
    }

    private void add(Deliveries.Bursts bursts, String title) {
        Spread share = bursts.share();
        goal("ten at once of ten spaced, above only answering, " + title, "%.2f", "≤ ", BURST_GOAL, share);
        add("%n| CPU µs an event | spaced | ten at once |%n|---|---|---|%n");
        add(
                "| gateway | %s | %s |%n| only answers | %s | %s |%n| the rest, at once of spaced | | %s |%n",
                numbers("%.1f", bursts.spaced().spread(Series.Sample::cpuMicros)),
                numbers("%.1f", bursts.atOnce().spread(Series.Sample::cpuMicros)),
                numbers("%.1f", bursts.answersSpaced().spread(Series.Sample::cpuMicros)),
                numbers("%.1f", bursts.answersAtOnce().spread(Series.Sample::cpuMicros)),
                bold("%.2f", share));
    }

    /** @param all the gateway second, and Node third if it takes part */
    void addLatency(List<Series> all) {
        add("%n## From the event route to the client, %d events/s%n", Latency.PER_SECOND);
        add("%nAn open loop; latency counts from the moment at which an event was due.%n");
        add("%n| | p50 ms | p99 ms | p50 of Node's | p99 of Node's | CPU µs an event |%n|---|---|---|---|---|---|%n");
        for (Series series : all) {
            add(
                    "| %s | %s | %s | %s | %s | %.0f |%n",
                    series.name(),
                    numbers("%.2f", series.spread(Series.Sample::p50)),
                    numbers("%.2f", series.spread(Series.Sample::p99)),
                    ofNode(all, series, Series.Sample::p50),
                    ofNode(all, series, Series.Sample::p99),
                    series.median(Series.Sample::cpuMicros));
        }
        if (all.size() > 2) {
            Series node = all.get(2);
            goal("p50 of Node's", "%.2f", "≤ ", P50_GOAL, all.get(1).ratio(node, Series.Sample::p50));
            goal("p99 of Node's", "%.2f", "≤ ", P99_GOAL, all.get(1).ratio(node, Series.Sample::p99));
        }
    }

    /** @param results the gateway second */
    void addMemory(List<IdleMemory.Result> results) {
        IdleMemory.Result gateway = results.get(1);
        goal(
                "memory of one of " + format("%,d", gateway.sockets()) + " idle connections, KiB",
                "%.1f",
                "< ",
                MEMORY_GOAL_KIB,
                once(gateway.kibibytesASocket()));
        add("%n## Resident memory of %,d idle connections%n", gateway.sockets());
        add("%n| | KiB a connection | MiB when started | MiB with all |%n|---|---|---|---|%n");
        for (IdleMemory.Result result : results) {
            add(
                    "| %s | %.1f | %.0f | %.0f |%n",
                    result.server(), result.kibibytesASocket(), result.before() / MEBIBYTE, result.after() / MEBIBYTE);
        }
    }

    void addSlowReader(List<SlowReader.Round> rounds) {
        goal(
                "memory for a client that does not read, MiB",
                "%.1f",
                "< ",
                SLOW_GOAL_MIB,
                spread(rounds, SlowReader.Round::mebibytes));
        goal(
                "the others' p99 while it does not read, of that while it reads",
                "%.2f",
                "≤ ",
                SLOW_P99_GOAL,
                spread(rounds, SlowReader.Round::p99Ratio));
        add("%n## One client that is sent %,d events/s%n", SlowReader.FLOOD_PER_SECOND);
        add("%nThe others get %d events/s together. Once it reads, and once it reads nothing.%n", Latency.PER_SECOND);
        add("%n| | others' p50 ms | others' p99 ms | heap grown by MiB | direct memory grown by MiB |%n");
        add("|---|---|---|---|---|%n");
        add(
                "| it reads | %s | %s | | |%n",
                numbers("%.2f", spread(rounds, round -> round.reading().percentile(50))),
                numbers("%.2f", spread(rounds, round -> round.reading().percentile(99))));
        add(
                "| it does not | %s | %s | %s | %s |%n",
                numbers("%.2f", spread(rounds, round -> round.notReading().percentile(50))),
                numbers("%.2f", spread(rounds, round -> round.notReading().percentile(99))),
                numbers("%.1f", spread(rounds, SlowReader.Round::heapMebibytes)),
                numbers("%.1f", spread(rounds, SlowReader.Round::directMebibytes)));
    }

    private static <T> Spread spread(List<T> rounds, ToDoubleFunction<T> value) {
        return Spread.of(rounds.stream().map(value::applyAsDouble).toList());
    }

    void add(Churn.Result result) {
        goal(
                "resident memory in the last sixth of churn, of that in the second",
                "%.3f",
                "≤ ",
                CHURN_GOAL,
                once(result.growth()));
        add(
                "%n## %,d connects and disconnects in %d min%n",
                result.joins(), result.resident().size() / 60);
        add("%nAnd %d events/s to sockets that stay.%n", Churn.EVENTS_PER_SECOND);
        add("%n| sixth | 1 | 2 | 3 | 4 | 5 | 6 |%n|---|---|---|---|---|---|---|%n| MiB |");
        for (int sixth = 1; sixth <= 6; sixth++) {
            add(" %.1f |", result.sixth(sixth) / MEBIBYTE);
        }
        add("%n");
    }

    private static Spread once(double value) {
        return new Spread(value, value, value);
    }

    private static String ofNode(List<Series> all, Series series, ToDoubleFunction<Series.Sample> value) {
        return all.size() < 3 || series.equals(all.get(2)) ? "" : bold("%.2f", series.ratio(all.get(2), value));
    }

    /** A line of the first table; the result is to be at most the goal. */
    private void goal(String what, String format, String sign, double goal, Spread result) {
        boolean met = result.median() <= goal;
        goals.append(format(
                "| %s | %s | %s | %s |%n",
                what, sign + format(format, goal), bold(format, result), met ? "met" : "**missed**"));
    }

    private static String numbers(String format, Spread spread) {
        return format(format + " (" + format + "–" + format + ")", spread.median(), spread.min(), spread.max());
    }

    private static String bold(String format, Spread spread) {
        if (spread.min() == spread.max()) {
            return format("**" + format + "**", spread.median());
        }
        return format(
                "**" + format + "** (" + format + "–" + format + ")", spread.median(), spread.min(), spread.max());
    }

    private void add(String format, Object... values) {
        parts.append(format(format, values));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
