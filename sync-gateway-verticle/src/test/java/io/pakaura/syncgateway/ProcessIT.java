package io.pakaura.syncgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.ChildProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.NetServer;
import io.vertx.junit5.VertxExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The gateway as an operator runs it: {@code java -jar}. */
@ExtendWith(VertxExtension.class)
class ProcessIT {
    private static final Pattern STARTED = Pattern.compile("sync gateway on port (\\d+), .* on port (\\d+)");
    private static final List<String> COMMAND = ChildProcess.java(List.of("-jar", "target/sync-gateway-verticle.jar"))
            .command();

    private static final Map<String, String> ON_FREE_PORTS = Map.of(
            "JWT_SECRET", Setup.SECRET,
            "HTTP_HOST", "127.0.0.1",
            "HTTP_PORT", "0",
            "OPS_HOST", "127.0.0.1",
            "OPS_PORT", "0",
            "EVENT_LOOPS", "1");

    private static Process run(Map<String, String> environment) throws IOException {
        return run(COMMAND, environment);
    }

    private static Process run(List<String> command, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

    /** By what it says when it has started. */
    private record Ports(int http, int ops) {}

    private static List<String> outputOf(Process process) throws IOException, InterruptedException {
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    @Test
    void a_configuration_with_faults_ends_with_code_2_and_all_of_them() throws Exception {
        Process process = run(Map.of("HTTP_PORT", "x", "EVENT_LOOPS", "0", "JWT_SECRET", "short"));
        assertThat(outputOf(process))
                .hasSize(4)
                .anyMatch(line -> line.contains("HTTP_PORT"))
                .anyMatch(line -> line.contains("EVENT_LOOPS"))
                .anyMatch(line -> line.contains("JWT_SECRET"));
        assertThat(process.exitValue()).isEqualTo(2);
    }

    @Test
    void a_taken_port_ends_with_code_1_and_one_line(Vertx vertx) throws Exception {
        NetServer squatter = GatewayFixture.await(
                vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
        Process process = run(Map.of(
                "JWT_SECRET",
                Setup.SECRET,
                "HTTP_HOST",
                "127.0.0.1",
                "HTTP_PORT",
                String.valueOf(squatter.actualPort()),
                "OPS_PORT",
                "0"));
        assertThat(outputOf(process)).singleElement().asString().contains("port is taken");
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void a_signal_tells_its_clients_and_ends_it(Vertx vertx) throws Exception {
        Process process = run(ON_FREE_PORTS);
        try {
            Client client = welcomed(vertx, portsOf(process), "alice");

            process.destroy();
            client.skipTo("sync.goaway");
            process.destroy(); // Somebody is impatient.
            assertThat(client.closeCode()).isEqualTo(1012);
            assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void with_few_open_files_it_turns_others_away_and_serves_who_is_there(Vertx vertx) throws Exception {
        List<String> limited = new ArrayList<>(List.of("bash", "-c", "ulimit -n 512 && exec \"$@\"", "bash"));
        limited.addAll(COMMAND);
        Process process = run(limited, ON_FREE_PORTS);
        List<RawSocket> crowd = new ArrayList<>();
        try {
            Ports ports = portsOf(process);
            Client client = welcomed(vertx, ports, "alice");
            for (int n = 1; n < 256; n++) {
                String hello = RawSocket.hello(GatewayFixture.token("user-" + n));
                crowd.add(RawSocket.connect(ports.http()).upgrade().text(hello));
            }
            for (int n = 0; n < 400; n++) {
                crowd.add(RawSocket.connect(ports.http())); // And asks nothing.
            }
            try (RawSocket oneMore = RawSocket.connect(ports.http()).write(RawSocket.handshake("13"))) {
                assertThat(oneMore.status()).isEqualTo(503);
            }
            assertThat(deliver(ports, GatewayFixture.taskEvent("alice", 1))).isEqualTo(200);
            client.skipTo("sync.task");
        } finally {
            crowd.forEach(RawSocket::vanish);
            process.destroyForcibly();
        }
    }

    private static int deliver(Ports ports, String event) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.ops() + "/events/task-updates"))
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Client welcomed(Vertx vertx, Ports ports, String user) {
        WebSocketClient webSockets = vertx.createWebSocketClient();
        Client client = new Client(webSockets);
        GatewayFixture.await(client.open(new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(ports.http())
                .setURI("/sync")));
        client.hello(GatewayFixture.token(user));
        client.expect("sync.welcome");
        return client;
    }

    private static Ports portsOf(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            var started = STARTED.matcher(line);
            if (started.find()) {
                return new Ports(Integer.parseInt(started.group(1)), Integer.parseInt(started.group(2)));
            }
        }
        throw new AssertionError("it did not start");
    }
}
