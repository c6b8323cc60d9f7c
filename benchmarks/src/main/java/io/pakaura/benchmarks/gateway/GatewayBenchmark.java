package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.crowd.Crowd;
import io.pakaura.benchmarks.stand.Environment;
import io.pakaura.benchmarks.stand.ProcessMemory;
import io.pakaura.benchmarks.stand.Servers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the gateway with the floor and with Node. Blocking. */
public final class GatewayBenchmark {
    private static final Logger log = LoggerFactory.getLogger(GatewayBenchmark.class);

    private final GatewayConfig config;
    private final Crowd crowd;
    private final Optional<String> node;
    private final GatewayReport report;

    private GatewayBenchmark(GatewayConfig config, Crowd crowd, Optional<String> node) {
        this.config = config;
        this.crowd = crowd;
        this.node = node;
        this.report = new GatewayReport(config, Environment.describe(), node, Environment.load());
    }

    /**
     * Runs all parts that are asked for.
     *
     * @return the report, in Markdown
     * @throws Exception if a server does not start, or an event is not answered or not delivered
     */
    public static String run(GatewayConfig config) throws Exception {
        Optional<String> node = config.node() ? NodeServer.install() : Optional.empty();
        if (node.isEmpty()) {
            log.warn("Node's ws takes no part: it was not asked for, or there is no node, no npm or no package");
        }
        try (Crowd crowd = Crowd.start()) {
            GatewayBenchmark benchmark = new GatewayBenchmark(config, crowd, node);
            benchmark.compareSpeed();
            benchmark.compareMemory();
            benchmark.measureSlowReader();
            benchmark.measureChurn();
            return benchmark.report.markdown();
        }
    }

    private void compareSpeed() throws Exception {
        if (!config.has(Part.DELIVERIES) && !config.has(Part.BURSTS) && !config.has(Part.LATENCY)) {
            return;
        }
        try (Servers parts = new Servers()) {
            List<FanOutServer> servers = new ArrayList<>();
            servers.add(parts.add(FanOutServer.floor(config.jvmFlags())));
            servers.add(parts.add(gateway(config.jvmFlags())));
            if (node.isPresent()) {
                servers.add(parts.add(FanOutServer.node()));
            }
            compareSpeed(servers);
        }
    }

    private void compareSpeed(List<FanOutServer> servers) throws Exception {
        if (config.has(Part.DELIVERIES) || config.has(Part.BURSTS)) {
            Deliveries deliveries = new Deliveries(config, crowd);
            for (Deliveries.Case delivery : Deliveries.Case.all(config.sockets())) {
                report.add(deliveries.measure(delivery, servers));
            }
        }
        if (config.has(Part.LATENCY)) {
            report.addLatency(new Latency(config, crowd).measure(servers));
        }
    }

    private FanOutServer gateway(List<String> flags) throws IOException, InterruptedException {
        return FanOutServer.gateway(flags, config.eventLoops());
    }

    private void compareMemory() throws Exception {
        if (!config.has(Part.MEMORY)) {
            return;
        }
        IdleMemory memory = new IdleMemory(config, crowd);
        List<IdleMemory.Result> results = new ArrayList<>();
        results.add(memory.measure(() -> FanOutServer.floor(config.jvmFlags())));
        results.add(memory.measure(() -> gateway(config.jvmFlags())));
        if (node.isPresent()) {
            results.add(memory.measure(FanOutServer::node));
        }
        report.addMemory(results);
    }

    private void measureSlowReader() throws Exception {
        if (config.has(Part.SLOW_READER)) {
            List<String> flags = new ArrayList<>(config.jvmFlags());
            flags.add(ProcessMemory.TRACKING);
            try (FanOutServer gateway = gateway(flags)) {
                report.addSlowReader(new SlowReader(config, crowd).measure(gateway));
            }
        }
    }

    private void measureChurn() throws Exception {
        if (config.has(Part.CHURN)) {
            try (FanOutServer gateway = gateway(config.jvmFlags())) {
                report.add(new Churn(config, crowd).measure(gateway));
            }
        }
    }
}
