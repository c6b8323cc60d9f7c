package io.pakaura.endtoend;

import io.pakaura.publisher.testing.ChildProcess;
import io.pakaura.publisher.testing.RestClient;
import io.pakaura.publisher.testing.RestClient.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The quickstart in a process of its own, as {@code ./run} starts it. */
final class RunningQuickstart implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Pakaura Sync is ready: http://localhost:(\\d+)");

    private final ChildProcess process;
    private final int port;
    private final RestClient client;

    private RunningQuickstart(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
        this.client = new RestClient("http://localhost:" + port);
    }

    /** Starts it on a free port and waits until it says that it is ready. */
    static RunningQuickstart start(Path directory, String... arguments) {
        return start(directory, 0, arguments);
    }

    /** Starts it on this port. */
    static RunningQuickstart start(Path directory, int port, String... arguments) {
        ChildProcess process = launch(directory, Map.of("PORT", Integer.toString(port)), arguments);
        return new RunningQuickstart(
                process, Integer.parseInt(process.awaitLine(READY).group(1)));
    }

    /** The command that {@code ./run} ends in, without waiting for anything. Tests run in their module's folder. */
    static ChildProcess launch(Path directory, Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("-XX:+UseSerialGC", "-jar", "../quickstart/target/quickstart.jar"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = ChildProcess.java(command);
        builder.environment().put("QUICKSTART_DIR", directory.toString());
        builder.environment().putAll(environment);
        return ChildProcess.start("quickstart", builder);
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
    void kill() {
        process.kill();
    }

    /** SIGTERM, as Ctrl-C does it. */
    @Override
    public void close() {
        process.close();
    }
}
