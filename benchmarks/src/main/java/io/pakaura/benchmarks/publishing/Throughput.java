package io.pakaura.benchmarks.publishing;

import io.pakaura.benchmarks.load.LoadResult;
import io.pakaura.benchmarks.load.Spread;
import io.pakaura.benchmarks.stand.Contender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many writes a second a server bears in the long run: time counts until their events are out. Blocking. */
final class Throughput {
    private static final Logger log = LoggerFactory.getLogger(Throughput.class);
    private static final Duration DRAIN = Duration.ofSeconds(60);

    private final PublishingConfig config;
    private final PublishingStand stand;
    private final Runs runs;

    Throughput(PublishingConfig config, PublishingStand stand, Runs runs) {
        this.config = config;
        this.stand = stand;
        this.runs = runs;
    }

    /**
     * One run. The outbox is empty when it begins and when it ends.
     *
     * @param sustained writes a second, from the begin until the outbox is empty
     * @param answered writes a second while there was load
     * @param p99 milliseconds
     * @param depth rows in the outbox when the load ended
     * @param drainMillis how long they took
     * @param cpuMicros processor time of the server's JVM a write, until its events are out
     */
    record Sample(
            double sustained,
            double answered,
            double p50,
            double p99,
            long depth,
            long drainMillis,
            double cpuMicros) {}

    /** All runs of one server. */
    record Series(Contender contender, List<Sample> samples) {
        Spread spread(ToDoubleFunction<Sample> value) {
            return Spread.of(samples.stream().map(value::applyAsDouble).toList());
        }

        /** Sustained writes as a multiple of another's: of the medians, and the extremes of the rounds. */
        Spread multipleOf(Series other) {
            List<Double> rounds = new ArrayList<>();
            for (int i = 0; i < samples.size(); i++) {
                rounds.add(samples.get(i).sustained() / other.samples.get(i).sustained());
            }
            Spread spread = Spread.of(rounds);
            double ofMedians = spread(Sample::sustained).median()
                    / other.spread(Sample::sustained).median();
            return new Spread(spread.min(), ofMedians, spread.max());
        }
    }

    /** @param on what the rate of other cases is derived from */
    record Result(Series awaiting, Series on, Series off) {
        List<Series> all() {
            return List.of(awaiting, on, off);
        }
    }

    Result measure() throws Exception {
        Result result = new Result(
                new Series(stand.awaiting(), new ArrayList<>()),
                new Series(stand.on(), new ArrayList<>()),
                new Series(stand.off(), new ArrayList<>()));
        for (Series series : result.all()) {
            log.info("warm-up, {}: {}", series.contender().name(), run(series.contender(), config.warmUp()));
        }
        for (int round = 0; round < config.rounds(); round++) {
            for (Series series : result.all()) {
                Thread.sleep(config.settle().toMillis());
                Sample sample = run(series.contender(), config.timed());
                log.info("{}: {}", series.contender().name(), sample);
                series.samples().add(sample);
            }
        }
        return result;
    }

    private Sample run(Contender contender, Duration timed) throws Exception {
        long before = stand.database().outboxDepth();
        if (before != 0) {
            throw new IllegalStateException("the outbox holds " + before + " rows before a run");
        }
        Duration cpuBefore = contender.server().cpu();
        long begun = System.nanoTime();
        LoadResult load = runs.saturated(contender.server(), timed);
        long depth = stand.database().outboxDepth();
        Duration drain = stand.database().awaitEmptyOutbox(DRAIN);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Duration cpu = contender.server().cpu().minus(cpuBefore);
        return new Sample(
                load.requests() / seconds,
                load.throughput(),
                load.percentile(50),
                load.percentile(99),
                depth,
                depth == 0 ? 0 : drain.toMillis(),
                cpu.toNanos() / 1e3 / Math.max(1, load.requests()));
    }
}
