package io.pakaura.benchmarks.stand;

import io.pakaura.endtoend.dapr.Daprd;
import io.pakaura.endtoend.dapr.KafkaBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** A daprd with the components that we ship, and its Kafka: child processes both. Blocking. */
public record RealSidecar(KafkaBroker broker, Daprd daprd) implements AutoCloseable {
    /** Of each topic. */
    public static final int PARTITIONS = 3;

    /** @param binary a daprd, as of {@link Daprd#find} */
    public static RealSidecar start(Path binary) {
        KafkaBroker broker = KafkaBroker.start();
        try {
            broker.createTopics(Map.of("task-updates", PARTITIONS, "task-events", PARTITIONS, "reminders", PARTITIONS));
            Daprd daprd = Daprd.launch(binary, broker, new Daprd.Options("task-api", null, null, null, null));
            daprd.awaitReady();
            return new RealSidecar(broker, daprd);
        } catch (Throwable failure) {
            broker.close();
            throw failure;
        }
    }

    /** Which daprd and which Kafka, for a report. */
    public static String describe(Path binary) throws IOException {
        Process version = new ProcessBuilder(binary.toString(), "--version")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String daprd = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return "daprd " + daprd + ", Kafka " + AppInfoParser.getVersion();
    }

    public int port() {
        return daprd.port();
    }

    @Override
    public void close() {
        try {
            daprd.close();
        } finally {
            broker.close();
        }
    }
}
