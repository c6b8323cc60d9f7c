package io.pakaura.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.pakaura.benchmarks.gateway.GatewayBenchmark;
import io.pakaura.benchmarks.gateway.GatewayConfig;
import io.pakaura.benchmarks.publishing.PublishingBenchmark;
import io.pakaura.benchmarks.publishing.PublishingConfig;
import io.pakaura.benchmarks.rest.RestBenchmark;
import io.pakaura.benchmarks.rest.RestBenchmarkConfig;
import io.pakaura.service.LogConfig;
import io.pakaura.service.Settings;
import io.pakaura.service.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Runs a benchmark, {@code rest}, {@code publishing} or {@code gateway}, and writes its report; configured by environment variables (see the
 * README). Exit codes: 1 for a benchmark that failed, 2 for a bad argument or configuration.
 */
public final class Main {
    private static final int FAILED = 1;
    private static final int BAD_CONFIGURATION = 2;

    /** Their lines would hide the progress. */
    private static final List<String> CHATTY = List.of("org.apache.kafka", "io.zonky");

    private Main() {}

    public static void main(String[] args) {
        new LogConfig("INFO", "text").apply();
        CHATTY.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.WARN));
        try {
            run(args.length == 0 ? "rest" : String.join(" ", args), new Settings(System.getenv()));
            System.exit(0);
        } catch (SettingsException faulty) {
            faulty.faults().forEach(System.err::println);
            System.exit(BAD_CONFIGURATION);
        } catch (Throwable failure) {
            // Whatever still runs would keep this process, and the servers end with it.
            failure.printStackTrace();
            System.exit(FAILED);
        }
    }

    private static void run(String name, Settings settings) throws Exception {
        Path report = Path.of(settings.text("BENCH_REPORT", "benchmarks/target/" + name + ".md"));
        String markdown =
                switch (name) {
                    case "rest" -> RestBenchmark.run(RestBenchmarkConfig.read(settings));
                    case "publishing" -> PublishingBenchmark.run(PublishingConfig.read(settings));
                    case "gateway" -> GatewayBenchmark.run(GatewayConfig.read(settings));
                    default -> {
                        settings.fault(name, "is no benchmark; there are rest, publishing and gateway");
                        yield settings.build(() -> "");
                    }
                };
        Files.writeString(report, markdown);
        System.out.println(markdown + "\nWritten to " + report);
    }
}
