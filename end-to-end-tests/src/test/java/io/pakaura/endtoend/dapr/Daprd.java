package io.pakaura.endtoend.dapr;

import io.pakaura.publisher.testing.ChildProcess;
import io.pakaura.publisher.testing.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Dapr sidecar in a child process, with the components that we ship, on the loopback interface only and without
 * a control plane. For any thread of a test.
 */
public final class Daprd implements AutoCloseable {

    /** Tells, on a machine that has no daprd, why a test didn't run. */
    public static final String MISSING = "skipped: no daprd at ~/.dapr/bin/daprd or on PATH";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final String SHIPPED_BROKER = "localhost:9092";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ChildProcess process;
    private final int port;

    private Daprd(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * What a sidecar is started with.
     *
     * @param appId the app's id, and its consumer group
     * @param appPort where the app listens on 127.0.0.1; null for an app that is called by nobody
     * @param podName POD_NAME; null leaves it unset, as outside of Kubernetes
     * @param apiToken what the app must show to the sidecar; null for none
     * @param appApiToken what the sidecar shows to the app; null for none
     */
    public record Options(
            String appId,
            @Nullable Integer appPort,
            @Nullable String podName,
            @Nullable String apiToken,
            @Nullable String appApiToken) {}

    /** The binary of this machine, if it has one. */
    public static Optional<Path> find() {
        Stream<Path> installed = Stream.of(Path.of(System.getProperty("user.home"), ".dapr", "bin", "daprd"));
        Stream<Path> onPath = Stream.of(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "daprd"));
        return Stream.concat(installed, onPath).filter(Files::isExecutable).findFirst();
    }

    /** Starts it without waiting, so that several may start side by side: see {@link #awaitReady}. */
    public static Daprd launch(Path binary, KafkaBroker broker, Options options) {
        return launch(binary, broker, options, Ports.free());
    }

    /** Starts it without waiting, with its HTTP API on this port. */
    public static Daprd launch(Path binary, KafkaBroker broker, Options options, int port) {
        return launch(binary, shippedFor(broker), options, port);
    }

    /**
     * The same with other components than those that we ship.
     *
     * @param components YAML by file name
     */
    public static Daprd launch(Path binary, Map<String, String> components, Options options) {
        return launch(binary, components, options, Ports.free());
    }

    private static Daprd launch(Path binary, Map<String, String> components, Options options, int port) {
        Path directory = ChildProcess.temporaryDirectory("daprd");
        writeResources(directory, components);
        ProcessBuilder builder = new ProcessBuilder(
                binary.toString(),
                "--app-id=" + options.appId(),
                "--dapr-http-port=" + port,
                "--dapr-grpc-port=" + Ports.free(),
                "--dapr-internal-grpc-port=" + Ports.free(),
                "--dapr-listen-addresses=127.0.0.1",
                "--dapr-internal-grpc-listen-address=127.0.0.1",
                "--resources-path=" + directory.resolve("components"),
                "--config=" + directory.resolve("configuration.yaml"),
                "--enable-metrics=false",
                "--dapr-graceful-shutdown-seconds=1");
        if (options.appPort() != null) {
            builder.command().add("--app-port=" + options.appPort());
        }
        setOrRemove(builder.environment(), "POD_NAME", options.podName());
        setOrRemove(builder.environment(), "DAPR_API_TOKEN", options.apiToken());
        setOrRemove(builder.environment(), "APP_API_TOKEN", options.appApiToken());
        return new Daprd(
                ChildProcess.start("daprd of " + options.appId(), builder).owning(directory), port);
    }

    private static void setOrRemove(Map<String, String> environment, String name, @Nullable String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
    }

    private static Map<String, String> shippedFor(KafkaBroker broker) {
        String file = "kafka-pubsub.yaml";
        try {
            String shipped = Files.readString(shippedComponents().resolve(file));
            return Map.of(file, shipped.replace(SHIPPED_BROKER, broker.bootstrapServers()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeResources(Path directory, Map<String, String> components) {
        try {
            Path resources = Files.createDirectory(directory.resolve("components"));
            for (Map.Entry<String, String> component : components.entrySet()) {
                Files.writeString(resources.resolve(component.getKey()), component.getValue());
            }
            Files.writeString(directory.resolve("configuration.yaml"), configuration(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file for the names of apps, in place of daprd's default: multicast DNS to the whole network. */
    private static String configuration(Path directory) {
        return """
                apiVersion: dapr.io/v1alpha1
                kind: Configuration
                metadata:
                  name: test
                spec:
                  nameResolution:
                    component: sqlite
                    version: v1
                    configuration:
                      connectionString: "%s"
                """
                .formatted(directory.resolve("names.db"));
    }

    /** The folder of the repository: tests run in it, or in one of its modules. */
    private static Path shippedComponents() {
        Path working = Path.of("").toAbsolutePath();
        return Stream.of(working, working.resolve(".."))
                .map(root -> root.resolve("dapr-components"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no dapr-components in or above " + working));
    }

    /** Returns when its components are loaded and it takes publishes. Subscriptions come a moment later. */
    public void awaitReady() {
        HttpRequest probe = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1.0/healthz/outbound"))
                .timeout(Duration.ofSeconds(2))
                .build();
        process.awaitReady(
                START_TIMEOUT, () -> HTTP.send(probe, BodyHandlers.discarding()).statusCode() == 204);
    }

    /** The port of its HTTP API. */
    public int port() {
        return port;
    }

    /** To hurt it. */
    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
