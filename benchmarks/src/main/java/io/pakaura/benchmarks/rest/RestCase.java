package io.pakaura.benchmarks.rest;

import io.pakaura.benchmarks.load.Request;
import io.pakaura.benchmarks.stand.Contender;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is asked of each of some servers in turn.
 *
 * @param entries the first is what the others are compared with
 */
record RestCase(String title, List<Entry> entries) {
    /**
     * A server's part.
     *
     * @param goal the least that its throughput should be of the first server's; 0 for none
     */
    record Entry(Contender contender, double goal, Supplier<Request> requests) {}

    /**
     * What came of it.
     *
     * @param series in the order of the entries
     */
    record Result(String title, List<Series> series) {}
}
