package io.pakaura.benchmarks.publishing;

import io.pakaura.benchmarks.stand.Environment;
import io.pakaura.benchmarks.stand.InstantSidecar;
import io.pakaura.benchmarks.stand.InstantSidecar.Behaviour;
import io.pakaura.benchmarks.stand.RealSidecar;
import io.pakaura.benchmarks.stand.ServerProcess;
import io.pakaura.endtoend.dapr.Daprd;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures what publishing costs and what it is worth. Blocking. */
public final class PublishingBenchmark {
    private static final Logger log = LoggerFactory.getLogger(PublishingBenchmark.class);

    /** A row that was refused alone may wait for some seconds more than an outage. */
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    private final PublishingConfig config;
    private final Runs runs;

    private PublishingBenchmark(PublishingConfig config, Runs runs) {
        this.config = config;
        this.runs = runs;
    }

    /**
     * With a real daprd and Kafka.
     *
     * @param versions of both
     * @param latencies at half the rate that was sustained, and at the steady rate
     */
    record Real(String versions, Throughput.Result throughput, List<Latency.Result> latencies, Delay.Result delay) {}

    /**
     * With a sidecar that costs nothing.
     *
     * @param environment in a line
     * @param latencies at half the saturated rate, and at the steady rate
     * @param recoveries after each state of the sidecar
     */
    record Instant(
            String environment,
            List<Latency.Result> latencies,
            List<Recovery> recoveries,
            List<Outages.Result> outages) {}

    /** What was left when a sidecar was well again, and how long it took until the outbox was empty. */
    record Recovery(String sidecar, long rows, Duration time) {}

    /**
     * Runs all cases; those that need a daprd only where there is one.
     *
     * @return the report, in Markdown
     * @throws Exception if a server does not start, a run has an answer that is not 2xx, or the outbox stays full
     */
    public static String run(PublishingConfig config) throws Exception {
        double load = Environment.load();
        Vertx vertx = Vertx.vertx();
        try {
            PublishingBenchmark benchmark = new PublishingBenchmark(config, new Runs(vertx, config));
            Optional<Path> daprd = Daprd.find();
            if (daprd.isEmpty()) {
                log.info("no daprd at ~/.dapr/bin/daprd or on PATH: what needs it is skipped");
            }
            Optional<Real> real = daprd.isEmpty() ? Optional.empty() : Optional.of(benchmark.real(daprd.get()));
            Instant instant = benchmark.instant();
            return new PublishingReport(config, load, real, instant).markdown();
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private Real real(Path daprd) throws Exception {
        log.info("with a real daprd and Kafka");
        try (RealSidecar sidecar = RealSidecar.start(daprd);
                PublishingStand stand = PublishingStand.start(sidecar.port())) {
            Throughput.Result throughput = new Throughput(config, stand, runs).measure();
            int half = half(throughput.on().spread(Throughput.Sample::sustained).median());
            Latency latency = new Latency(config, stand, runs);
            List<Latency.Result> latencies = List.of(
                    latency.measure("a real daprd", half, false),
                    latency.measure("a real daprd", config.steadyRate(), false));
            var emptied = stand.database().awaitEmptyOutbox(RECOVERY);
            log.info("the outbox was empty after {} ms", emptied.toMillis());
            ServerProcess direct = stand.servers()
                    .start(DirectMain.class, stand.database(), PublishingStand.publishing(sidecar.port()));
            Delay.Result delay = new Delay(config, stand, direct, runs).measure();
            return new Real(RealSidecar.describe(daprd), throughput, latencies, delay);
        }
    }

    private Instant instant() throws Exception {
        log.info("with a sidecar that costs nothing");
        try (InstantSidecar sidecar = InstantSidecar.start();
                PublishingStand stand = PublishingStand.start(sidecar.port())) {
            String environment = Environment.describe(stand.database().value("SHOW server_version"));
            int half = half(saturation(stand));
            List<Latency.Result> latencies = new ArrayList<>();
            List<Recovery> recoveries = new ArrayList<>();
            for (Behaviour behaviour : Behaviour.values()) {
                sidecar.become(behaviour);
                Latency latency = new Latency(config, stand, runs);
                latencies.add(latency.measure(behaviour.description(), half, true));
                latencies.add(latency.measure(behaviour.description(), config.steadyRate(), false));
                sidecar.become(Behaviour.WELL);
                recoveries.add(recovery(behaviour.description(), stand));
            }
            return new Instant(environment, latencies, recoveries, new Outages(config, stand, sidecar, runs).measure());
        }
    }

    private Recovery recovery(String sidecar, PublishingStand stand) throws Exception {
        long rows = stand.database().outboxDepth();
        Recovery recovery = new Recovery(sidecar, rows, stand.database().awaitEmptyOutbox(RECOVERY));
        log.info("the sidecar is well again: {}", recovery);
        return recovery;
    }

    /** Writes a second with events on; all servers are warm after that. */
    private double saturation(PublishingStand stand) throws Exception {
        for (ServerProcess server : List.of(
                stand.awaiting().server(), stand.off().server(), stand.on().server())) {
            var warm = runs.saturated(server, config.warmUp());
            log.info("warm-up: {} writes/s", Math.round(warm.throughput()));
        }
        double saturated = runs.saturated(stand.on().server(), config.timed()).throughput();
        var emptied = stand.database().awaitEmptyOutbox(RECOVERY);
        log.info("saturated at {} writes/s, outbox empty after {} ms", Math.round(saturated), emptied.toMillis());
        return saturated;
    }

    private static int half(double saturated) {
        return Math.max(1, (int) (saturated / 2));
    }
}
