package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.crowd.FeedResult;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures several series: in each round, each has one run. Blocking. */
record Turns(GatewayConfig config) {
    private static final Logger log = LoggerFactory.getLogger(Turns.class);

    void run(List<Series> all) throws Exception {
        warmUp(all);
        for (int round = 0; round < config.rounds(); round++) {
            for (Series series : all) {
                series.samples().add(measure(series));
            }
            log.info("round {}: {}", round + 1, all.stream().map(Turns::newest).toList());
        }
    }

    /**
     * In rounds, too: the compiler drops and makes anew what it made for one load when another comes, and when the pings
     * of a socket's 25 s do.
     */
    private void warmUp(List<Series> all) throws Exception {
        long rounds = (config.warmUp().toMillis() + config.timed().toMillis() - 1)
                / config.timed().toMillis();
        for (long round = 1; round <= rounds; round++) {
            for (Series series : all) {
                FeedResult warm = series.stage().run(series.pace(), config.timed());
                log.debug("{}: {} events", series.name(), warm.events());
            }
            log.info("warm-up: round {} of {}", round, rounds);
        }
    }

    private Series.Sample measure(Series series) throws Exception {
        Stage stage = series.stage();
        FeedResult settled = stage.run(series.pace(), config.settle());
        log.debug("{} settled with {} events", series.name(), settled.events());
        Duration before = stage.server().process().cpu();
        FeedResult result = stage.run(series.pace(), config.timed());
        Duration cpu = stage.server().process().cpu().minus(before);
        return new Series.Sample(cpu.toNanos() / 1e3 / result.events(), result.percentile(50), result.percentile(99));
    }

    private static String newest(Series series) {
        Series.Sample sample = series.samples().get(series.samples().size() - 1);
        return "%s, %d at once: %.1f µs, p50 %.2f, p99 %.2f ms"
                .formatted(series.name(), series.pace().burst(), sample.cpuMicros(), sample.p50(), sample.p99());
    }
}
