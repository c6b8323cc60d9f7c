package io.pakaura.endtoend;

import io.pakaura.publisher.testing.RestClient;
import io.pakaura.publisher.testing.RestClient.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The quickstart in a process of its own, as {@code ./run} starts it. */
final class RunningQuickstart implements AutoCloseable {
    private static final String READY = "Pakaura Sync is ready: http://localhost:";
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final int port;
    private final RestClient client;

    private RunningQuickstart(Process process, int port) {
        this.process = process;
        this.port = port;
        this.client = new RestClient("http://localhost:" + port);
    }

    /** The command that {@code ./run} ends in. Tests run in their module's folder. */
    static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-XX:+UseSerialGC", "-jar", "../quickstart/target/quickstart.jar");
    }

    /** Starts it on a free port and waits until it says that it is ready. */
    static RunningQuickstart start(Path directory, String... arguments) throws IOException {
        return start(directory, 0, arguments);
    }

    /** Starts it on this port. */
    static RunningQuickstart start(Path directory, int port, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("PORT", Integer.toString(port), "QUICKSTART_DIR", directory.toString()));
        Process process = builder.start();
        StringBuilder output = new StringBuilder();
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.append(line).append('\n');
            if (line.startsWith(READY)) {
                drain(lines);
                return new RunningQuickstart(process, Integer.parseInt(line.substring(READY.length())));
            }
        }
        throw new IllegalStateException("the quickstart did not start:\n" + output);
    }

    /** So that the process never waits for somebody to read what it says. */
    private static void drain(BufferedReader lines) {
        Thread reader = new Thread(() -> copy(lines), "quickstart output");
        reader.setDaemon(true);
        reader.start();
    }

    private static void copy(BufferedReader lines) {
        try {
            lines.lines().forEach(System.out::println);
        } catch (UncheckedIOException killed) {
            System.out.println("the quickstart's output ended with it");
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "http://localhost:" + port;
    }

    RestClient client() {
        return client;
    }

    /** Signs in as anyone. */
    String token(String user) {
        Response answer = client.send(
                client.request("/demo/token").POST(BodyPublishers.ofString("{\"user\": \"%s\"}".formatted(user))));
        return answer.json().get("token").asText();
    }

    /** SIGKILL: nothing of it gets a chance to end in order. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    }

    /** SIGTERM, as Ctrl-C does it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
