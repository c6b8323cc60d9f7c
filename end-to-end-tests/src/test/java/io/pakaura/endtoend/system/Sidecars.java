package io.pakaura.endtoend.system;

import io.pakaura.endtoend.dapr.Daprd;
import io.pakaura.endtoend.dapr.KafkaBroker;
import io.pakaura.publisher.testing.ChildProcess;
import io.pakaura.publisher.testing.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The sidecars of a system's APIs, each on a port that stays the same: a {@code daprd} for each app, or one process that stands in
 * for all of them and for the broker. What is done to them is done to all.
 */
public final class Sidecars implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String description;
    private final Map<String, Integer> ports;
    private final Path directory;
    private final int controlPort;
    private final Supplier<List<ChildProcess>> launcher;
    private List<ChildProcess> processes = List.of();

    private Sidecars(
            String description,
            Map<String, Integer> ports,
            Path directory,
            int controlPort,
            Supplier<List<ChildProcess>> launcher) {
        this.description = description;
        this.ports = ports;
        this.directory = directory;
        this.controlPort = controlPort;
        this.launcher = launcher;
    }

    static Sidecars daprds(Path binary, KafkaBroker kafka, List<String> apps) {
        Map<String, Integer> ports = ports(apps);
        Daprd.Options options = new Daprd.Options("task-api", null, null, null, null);
        return new Sidecars("daprd and Kafka", ports, Path.of(""), 0, () -> ports.values().stream()
                .map(port -> Daprd.launch(binary, kafka, options, port).process())
                .toList());
    }

    /** @param gateways by name the port that each has for its sidecar, which are in the same process */
    static Sidecars standIns(List<String> apps, Map<String, Integer> gateways) {
        Map<String, Integer> ports = ports(apps);
        int controlPort = Ports.free();
        Path directory = ChildProcess.temporaryDirectory("topics");
        List<String> arguments = new ArrayList<>(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StandInProcess.class.getName(),
                directory.toString(),
                Integer.toString(controlPort)));
        gateways.forEach((pod, port) -> arguments.add(pod + "=" + port));
        ports.values().forEach(port -> arguments.add(port.toString()));
        return new Sidecars(
                "the stand-in",
                ports,
                directory,
                controlPort,
                () -> List.of(ChildProcess.start("stand-in", ChildProcess.java(arguments))));
    }

    private static Map<String, Integer> ports(List<String> apps) {
        Map<String, Integer> ports = new TreeMap<>();
        apps.forEach(app -> ports.put(app, Ports.free()));
        return ports;
    }

    /** What they are, for a report. */
    public String describe() {
        return description;
    }

    /** Where an app finds its own. */
    public int port(String app) {
        return ports.get(app);
    }

    /** Of the process that stands in for gateways' sidecars. */
    int controlPort() {
        return controlPort;
    }

    Path topicsDirectory() {
        return directory;
    }

    List<ChildProcess> processes() {
        return processes;
    }

    /** Starts them, and returns when they take publishes. */
    public void start() {
        launch();
        awaitReady();
    }

    void launch() {
        processes = launcher.get();
    }

    void awaitReady() {
        int index = 0;
        for (int port : ports.values()) {
            processes.get(index).awaitReady(START_PATIENCE, () -> isReady(port));
            index = Math.min(index + 1, processes.size() - 1);
        }
    }

    private static boolean isReady(int port) throws Exception {
        HttpRequest probe = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1.0/healthz/outbound"))
                .timeout(Duration.ofSeconds(2))
                .build();
        return HTTP.send(probe, BodyHandlers.discarding()).statusCode() == 204;
    }

    /** SIGKILL. */
    public void kill() {
        processes.forEach(ChildProcess::kill);
    }

    /** SIGSTOP: they accept connections, and answer nothing. */
    public void pause() {
        processes.forEach(ChildProcess::pause);
    }

    /** SIGCONT. */
    public void resume() {
        processes.forEach(ChildProcess::resume);
    }

    void ensureRunning() {
        processes.stream().filter(ChildProcess::isRunning).forEach(ChildProcess::resume);
        if (!processes.stream().allMatch(ChildProcess::isRunning)) {
            close();
            start();
        }
    }

    @Override
    public void close() {
        processes.parallelStream().forEach(ChildProcess::close);
    }
}
