package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.crowd.EventFeed;
import io.pakaura.benchmarks.load.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A server's runs at one pace. */
record Series(Stage stage, EventFeed.Pace pace, List<Sample> samples) {
    Series(Stage stage, EventFeed.Pace pace) {
        this(stage, pace, new ArrayList<>());
    }

    /**
     * One run.
     *
     * @param cpuMicros processor time of the server for an event, its request included
     * @param p50 in milliseconds
     * @param p99 in milliseconds
     */
    record Sample(double cpuMicros, double p50, double p99) {}

    String name() {
        return stage.server().name();
    }

    Spread spread(ToDoubleFunction<Sample> value) {
        return Spread.of(samples.stream().map(value::applyAsDouble).toList());
    }

    double median(ToDoubleFunction<Sample> value) {
        return spread(value).median();
    }

    /** Of the medians, and the extremes of the rounds. */
    Spread ratio(Series other, ToDoubleFunction<Sample> value) {
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < samples.size(); round++) {
            rounds.add(value.applyAsDouble(samples.get(round)) / value.applyAsDouble(other.samples.get(round)));
        }
        Spread spread = Spread.of(rounds);
        return new Spread(spread.min(), median(value) / other.median(value), spread.max());
    }
}
