package io.pakaura.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.benchmarks.publishing.PublishingBenchmark;
import io.pakaura.benchmarks.publishing.PublishingConfig;
import io.pakaura.endtoend.dapr.Daprd;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That it runs and measures everything; what it measures is for a machine with nothing else to do. */
class PublishingBenchmarkIT {
    private static final Pattern LOST = Pattern.compile("\\| \\*\\*(\\d+)\\*\\* \\|");

    @Test
    void a_short_run_reports_every_case_and_the_outbox_loses_nothing() throws Exception {
        boolean hasDaprd = Daprd.find().isPresent();

        String report = PublishingBenchmark.run(new PublishingConfig(
                4,
                5,
                Duration.ofMillis(300),
                Duration.ofMillis(50),
                Duration.ofMillis(300),
                1,
                50,
                100,
                Duration.ofMillis(600)));

        assertThat(report.lines().filter(line -> line.startsWith("## "))).hasSize(hasDaprd ? 4 : 2);
        assertThat(report.contains("what needs it was skipped")).isNotEqualTo(hasDaprd);
        assertThat(report)
                .contains("| well | 100 |", "| dead | 100 |", "| frozen | 100 |", "| answering 500 | 100 |")
                .doesNotContain("NaN", "Infinity");
        assertThat(lost(report, "task API, events on")).containsExactly("0", "0", "0");
        assertThat(lost(report, "awaited publishes"))
                .as("what the benchmark is there to see")
                .hasSize(3)
                .doesNotContain("0");
    }

    /** The last table: what a server lost in each outage. */
    private static List<String> lost(String report, String server) {
        return report.substring(report.indexOf("## An outage"))
                .lines()
                .filter(line -> line.startsWith("| " + server + " |"))
                .map(LOST::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group(1))
                .toList();
    }
}
