package io.pakaura.benchmarks.rest;

import io.pakaura.benchmarks.load.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All runs of one server in one case.
 *
 * @param goal the least that its throughput should be of the first server's; 0 for none
 */
record Series(String name, double goal, List<Sample> samples) {
    Spread spread(ToDoubleFunction<Sample> value) {
        return Spread.of(samples.stream().map(value::applyAsDouble).toList());
    }

    /** Throughput as a share of another server's: of the medians, and the extremes of the rounds. */
    Spread shareOf(Series other) {
        List<Double> rounds = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            rounds.add(samples.get(i).throughput() / other.samples.get(i).throughput());
        }
        Spread spread = Spread.of(rounds);
        double ofMedians = spread(Sample::throughput).median()
                / other.spread(Sample::throughput).median();
        return new Spread(spread.min(), ofMedians, spread.max());
    }
}
