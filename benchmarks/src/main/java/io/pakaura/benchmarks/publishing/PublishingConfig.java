package io.pakaura.benchmarks.publishing;

import io.pakaura.service.Settings;
import java.time.Duration;

/**
 * How much load, and for how long.
 *
 * @param connections of the load
 * @param users whose turns they take
 * @param warmUp of each server, in each part
 * @param settle before each run: the server gets back on the cores
 * @param timed how long a run is
 * @param rounds how often each server has its turn
 * @param writesPerSecond where a rate is given, and not found
 * @param steadyRate writes a second beside half the saturated rate, where latency is measured: the same on every machine
 * @param outage how long the sidecar is away when lost events are counted
 */
public record PublishingConfig(
        int connections,
        int users,
        Duration warmUp,
        Duration settle,
        Duration timed,
        int rounds,
        int writesPerSecond,
        int steadyRate,
        Duration outage) {
    private static final Duration SETTLE = Duration.ofSeconds(1);
    private static final int WRITES_PER_SECOND = 200;
    private static final Duration OUTAGE = Duration.ofSeconds(5);

    /** The variables that the README lists. */
    public static PublishingConfig read(Settings settings) {
        int connections = settings.number("BENCH_CONNECTIONS", 64, 1, 1_000);
        int users = settings.number("BENCH_USERS", 200, 1, 10_000);
        int warmUp = settings.number("BENCH_WARM_UP", 40, 1, 600);
        int seconds = settings.number("BENCH_SECONDS", 3, 1, 600);
        int rounds = settings.number("BENCH_ROUNDS", 5, 1, 100);
        int steadyRate = settings.number("BENCH_RATE", 1_000, 1, 100_000);
        return settings.build(() -> new PublishingConfig(
                connections,
                users,
                Duration.ofSeconds(warmUp),
                SETTLE,
                Duration.ofSeconds(seconds),
                rounds,
                WRITES_PER_SECOND,
                steadyRate,
                OUTAGE));
    }
}
