package io.pakaura.benchmarks.rest;

import io.pakaura.service.Settings;
import java.time.Duration;

/**
 * How much load, and for how long.
 *
 * @param connections each with one request in flight
 * @param users whose turns they take
 * @param warmUp of each server, before the first run of a case
 * @param settle before each run: what was idle gets back on the cores
 * @param timed how long time is taken in a run
 * @param rounds how often each server has its turn
 * @param cases those whose title has this in it
 */
public record RestBenchmarkConfig(
        int connections, int users, Duration warmUp, Duration settle, Duration timed, int rounds, String cases) {
    private static final Duration SETTLE = Duration.ofSeconds(1);

    /** {@code BENCH_CONNECTIONS}, {@code BENCH_USERS}, {@code BENCH_WARM_UP}, {@code BENCH_SECONDS}, {@code BENCH_ROUNDS}, {@code BENCH_CASES}. */
    public static RestBenchmarkConfig read(Settings settings) {
        int connections = settings.number("BENCH_CONNECTIONS", 16, 1, 1_000);
        int users = settings.number("BENCH_USERS", 200, 1, 10_000);
        int warmUp = settings.number("BENCH_WARM_UP", 12, 0, 600);
        int seconds = settings.number("BENCH_SECONDS", 5, 1, 600);
        int rounds = settings.number("BENCH_ROUNDS", 5, 1, 100);
        String cases = settings.text("BENCH_CASES", "");
        return settings.build(() -> new RestBenchmarkConfig(
                connections, users, Duration.ofSeconds(warmUp), SETTLE, Duration.ofSeconds(seconds), rounds, cases));
    }
}
