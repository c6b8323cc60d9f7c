package io.pakaura.benchmarks.gateway;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A part of the benchmark, which can be run without the others. */
public enum Part {
    DELIVERIES,
    BURSTS,
    LATENCY,
    MEMORY,
    SLOW_READER,
    CHURN;

    /** As it is called in {@code BENCH_PARTS}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if one is unknown */
    static Set<Part> of(List<String> labels) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String label : labels) {
            parts.add(valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        return parts;
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Part::label).toList();
    }
}
