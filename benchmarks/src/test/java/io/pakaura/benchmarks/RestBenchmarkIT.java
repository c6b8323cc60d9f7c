package io.pakaura.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.benchmarks.rest.RestBenchmark;
import io.pakaura.benchmarks.rest.RestBenchmarkConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** That it runs and measures everything; what it measures is for a machine with nothing else to do. */
class RestBenchmarkIT {
    @Test
    void a_short_run_reports_every_case_without_an_error() throws Exception {
        String report = RestBenchmark.run(
                new RestBenchmarkConfig(4, 5, Duration.ofMillis(100), Duration.ZERO, Duration.ofMillis(300), 1, ""));

        assertThat(report.lines().filter(line -> line.startsWith("## "))).hasSize(5);
        assertThat(report.lines().filter(line -> line.startsWith("| bare handler")))
                .hasSize(3);
        assertThat(report.lines().filter(line -> line.startsWith("| task API"))).hasSize(7);
        assertThat(report).contains("All events were published").doesNotContain("| 0 (");
    }
}
