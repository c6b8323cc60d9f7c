package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.stand.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Node's {@code ws} behind a plain HTTP route. Its package comes from npm into {@code target/node}. Blocking. */
final class NodeServer {
    private static final Path DIRECTORY = Path.of("target", "node");
    private static final List<String> FILES = List.of("package.json", "server.js");

    private NodeServer() {}

    /** Which Node, for a report; empty if there is none, or no npm, or the package cannot be had. */
    static Optional<String> install() throws IOException, InterruptedException {
        Optional<String> version = say("node", "--version");
        if (version.isEmpty() || say("npm", "--version").isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(DIRECTORY);
        for (String file : FILES) {
            try (InputStream content = NodeServer.class.getResourceAsStream("/node/" + file)) {
                Files.copy(content, DIRECTORY.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return say("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
                .map(installed -> version.get());
    }

    /** After {@link #install}. */
    static ServerProcess start() {
        return ServerProcess.start(
                "node", new ProcessBuilder("node", "--expose-gc", "server.js").directory(DIRECTORY.toFile()));
    }

    /** Has it collect its garbage. */
    static void collect(ServerProcess node) throws IOException, InterruptedException {
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.opsPort() + "/gc"))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() != 200) {
            throw new IOException("no garbage collection: " + answer.statusCode());
        }
    }

    private static Optional<String> say(String... command) throws IOException, InterruptedException {
        try {
            Files.createDirectories(DIRECTORY);
            Process process = new ProcessBuilder(command)
                    .directory(DIRECTORY.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException missing) {
            return Optional.empty();
        }
    }
}
