package io.pakaura.benchmarks;

import io.pakaura.benchmarks.rest.RestBenchmark;
import io.pakaura.benchmarks.rest.RestBenchmarkConfig;
import io.pakaura.service.LogConfig;
import io.pakaura.service.Settings;
import io.pakaura.service.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the benchmark of the REST API and writes its report, configured by environment variables (see the README). */
public final class Main {
    private static final int BAD_CONFIGURATION = 2;

    private Main() {}

    public static void main(String[] args) throws Exception {
        new LogConfig("INFO", "text").apply();
        Settings settings = new Settings(System.getenv());
        try {
            RestBenchmarkConfig config = RestBenchmarkConfig.read(settings);
            Path report = Path.of(settings.text("BENCH_REPORT", "benchmarks/target/rest.md"));
            String markdown = RestBenchmark.run(config);
            Files.writeString(report, markdown);
            System.out.println(markdown + "\nWritten to " + report);
        } catch (SettingsException faulty) {
            faulty.faults().forEach(System.err::println);
            System.exit(BAD_CONFIGURATION);
        }
    }
}
