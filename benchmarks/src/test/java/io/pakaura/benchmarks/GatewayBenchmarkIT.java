package io.pakaura.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.benchmarks.gateway.GatewayBenchmark;
import io.pakaura.benchmarks.gateway.GatewayConfig;
import io.pakaura.benchmarks.gateway.Part;
import io.pakaura.benchmarks.stand.ServerProcess;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** That it runs and measures everything; what it measures is for a machine with nothing else to do. */
class GatewayBenchmarkIT {
    @Test
    void a_short_run_reports_every_part_without_an_error() throws Exception {
        String report = GatewayBenchmark.run(new GatewayConfig(
                EnumSet.allOf(Part.class),
                false,
                ServerProcess.JVM_FLAGS,
                1,
                Duration.ZERO,
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                1,
                20,
                50,
                1_000,
                Duration.ofSeconds(6)));

        assertThat(report.lines().filter(line -> line.startsWith("## "))).hasSize(6);
        assertThat(report.lines().filter(line -> line.endsWith("met |") || line.endsWith("**missed** |")))
                .hasSize(8);
        assertThat(report.lines().filter(line -> line.startsWith("| gateway |")))
                .hasSize(6);
        assertThat(report).contains("Node did not take part");
    }
}
