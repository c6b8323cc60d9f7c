package io.pakaura.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the dashboard asks for what the services show. */
class DashboardTest {
    private static final Path DOCS = Path.of("..", "docs");

    /** A metric in PromQL: it is followed by its labels. */
    private static final Pattern METRIC = Pattern.compile("([a-z_]+)\\{");

    private static final List<String> OF_A_HISTOGRAM = List.of("_bucket", "_sum", "_count");

    @Test
    void every_metric_of_the_dashboard_is_one_that_operations_md_explains_or_the_jvms() throws IOException {
        String explained = Files.readString(DOCS.resolve("operations.md"));
        Set<String> asked = new TreeSet<>();
        JsonNode dashboard = new ObjectMapper()
                .readTree(DOCS.resolve("operations/grafana-dashboard.json").toFile());
        for (JsonNode expression : dashboard.findValues("expr")) {
            METRIC.matcher(expression.asText()).results().forEach(found -> asked.add(withoutSuffix(found.group(1))));
        }

        assertThat(asked).hasSizeGreaterThan(20).allSatisfy(metric -> assertThat(metric.startsWith("jvm_")
                        || metric.startsWith("process_")
                        || explained.contains("`" + metric + "`"))
                .as(metric)
                .isTrue());
    }

    private static String withoutSuffix(String metric) {
        return OF_A_HISTOGRAM.stream()
                .filter(metric::endsWith)
                .findFirst()
                .map(suffix -> metric.substring(0, metric.length() - suffix.length()))
                .orElse(metric);
    }
}
