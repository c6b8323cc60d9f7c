package io.pakaura.benchmarks.gateway;

import io.pakaura.service.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is measured, with how much load, and for how long.
 *
 * @param node whether Node takes part, if it is there
 * @param jvmFlags of the gateway and of the floor
 * @param eventLoops of the gateway; the floor has one
 * @param warmUp of each server in each part, with the load that is measured
 * @param settle before each run: the server gets back on the cores
 * @param timed how long a run is
 * @param rounds how often each server has its turn
 * @param sockets while events are delivered
 * @param idleSockets whose memory is measured
 * @param slowEvents that the client gets who does not read
 * @param churn how long sockets come and go
 */
public record GatewayConfig(
        Set<Part> parts,
        boolean node,
        List<String> jvmFlags,
        int eventLoops,
        Duration warmUp,
        Duration settle,
        Duration timed,
        int rounds,
        int sockets,
        int idleSockets,
        int slowEvents,
        Duration churn) {
    /** As docs/operations.md recommends them. */
    private static final String JVM_FLAGS = "-XX:+UseSerialGC -Xms64m -Xmn32m -Xmx512m";

    private static final Duration SETTLE = Duration.ofMillis(500);

    /** The variables that the README lists. */
    public static GatewayConfig read(Settings settings) {
        Set<Part> parts = settings.parsed(
                "BENCH_PARTS",
                EnumSet.allOf(Part.class),
                "must be some of " + String.join(", ", Part.labels()),
                names -> Part.of(
                        Arrays.stream(names.split(",")).map(String::strip).toList()));
        boolean node = settings.flag("BENCH_NODE", true);
        List<String> jvmFlags =
                List.of(settings.text("BENCH_JVM_FLAGS", JVM_FLAGS).split(" +"));
        int eventLoops = settings.number("BENCH_EVENT_LOOPS", 1, 1, 64);
        int warmUp = settings.number("BENCH_WARM_UP", 50, 0, 600);
        int seconds = settings.number("BENCH_SECONDS", 3, 1, 600);
        int rounds = settings.number("BENCH_ROUNDS", 5, 1, 100);
        int sockets = settings.number("BENCH_SOCKETS", 1_000, 10, 10_000);
        int idleSockets = settings.number("BENCH_IDLE_SOCKETS", 10_000, 10, 15_000);
        int slowEvents = settings.number("BENCH_SLOW_EVENTS", 50_000, 1_000, 1_000_000);
        int churnMinutes = settings.number("BENCH_CHURN_MINUTES", 3, 1, 600);
        return settings.build(() -> new GatewayConfig(
                parts,
                node,
                jvmFlags,
                eventLoops,
                Duration.ofSeconds(warmUp),
                SETTLE,
                Duration.ofSeconds(seconds),
                rounds,
                sockets,
                idleSockets,
                slowEvents,
                Duration.ofMinutes(churnMinutes)));
    }

    boolean has(Part part) {
        return parts.contains(part);
    }
}
