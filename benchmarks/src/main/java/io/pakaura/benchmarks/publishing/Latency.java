package io.pakaura.benchmarks.publishing;

import io.pakaura.benchmarks.load.LoadResult;
import io.pakaura.benchmarks.load.Spread;
import io.pakaura.benchmarks.stand.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a write takes with events on and with events off, at the same rate, in turns, each of them first in every
 * second round. Whoever publishes is paused while the other has its turn: with a sidecar that is unwell it has a backlog to look after, which must not slow what it is
 * compared with. Blocking.
 */
final class Latency {
    private static final Logger log = LoggerFactory.getLogger(Latency.class);

    private final PublishingConfig config;
    private final PublishingStand stand;
    private final Runs runs;

    Latency(PublishingConfig config, PublishingStand stand, Runs runs) {
        this.config = config;
        this.stand = stand;
        this.runs = runs;
    }

    /** One run, in milliseconds. */
    record Sample(double p50, double p99, double max) {
        static Sample of(LoadResult load) {
            return new Sample(load.percentile(50), load.percentile(99), load.max());
        }
    }

    /**
     * All runs in one state of the sidecar.
     *
     * @param sidecar how it was, as the end of "a sidecar that is …"
     * @param hasGoal whether the goals hold for it
     */
    record Result(String sidecar, int perSecond, boolean hasGoal, List<Sample> off, List<Sample> on) {
        static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> value) {
            return Spread.of(samples.stream().map(value::applyAsDouble).toList());
        }

        /** With events on compared to off: of the medians, and the extremes of the rounds. */
        Spread compared(ToDoubleFunction<Sample> value, ToDoubleBiFunction<Double, Double> comparison) {
            List<Double> rounds = new ArrayList<>();
            for (int i = 0; i < on.size(); i++) {
                rounds.add(comparison.applyAsDouble(value.applyAsDouble(on.get(i)), value.applyAsDouble(off.get(i))));
            }
            Spread spread = Spread.of(rounds);
            double ofMedians = comparison.applyAsDouble(
                    spread(on, value).median(), spread(off, value).median());
            return new Spread(spread.min(), ofMedians, spread.max());
        }
    }

    Result measure(String sidecar, int perSecond, boolean hasGoal) throws Exception {
        Result result = new Result(sidecar, perSecond, hasGoal, new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < config.rounds(); round++) {
            boolean onFirst = round % 2 == 1;
            if (onFirst) {
                result.on().add(run(perSecond, stand.on().server()));
            }
            result.off().add(whileOtherIsPaused(perSecond));
            if (!onFirst) {
                result.on().add(run(perSecond, stand.on().server()));
            }
            log.info(
                    "{} writes/s, sidecar {}: off {}, on {}",
                    perSecond,
                    sidecar,
                    result.off().get(round),
                    result.on().get(round));
        }
        return result;
    }

    private Sample whileOtherIsPaused(int perSecond) throws TimeoutException {
        stand.on().server().pause();
        try {
            return run(perSecond, stand.off().server());
        } finally {
            stand.on().server().resume();
        }
    }

    private Sample run(int perSecond, ServerProcess server) throws TimeoutException {
        return Sample.of(runs.at(perSecond, server));
    }
}
