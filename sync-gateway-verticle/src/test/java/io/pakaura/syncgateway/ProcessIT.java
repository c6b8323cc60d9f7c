package io.pakaura.syncgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.NetServer;
import io.vertx.junit5.VertxExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The gateway as an operator runs it: {@code java -jar}. */
@ExtendWith(VertxExtension.class)
class ProcessIT {
    private static final Pattern STARTED = Pattern.compile("sync gateway on port (\\d+)");

    private static Process run(Map<String, String> environment) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(List.of(java, "-jar", "target/sync-gateway-verticle.jar"));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

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
        Process process = run(Map.of(
                "JWT_SECRET", Setup.SECRET,
                "HTTP_HOST", "127.0.0.1",
                "HTTP_PORT", "0",
                "OPS_HOST", "127.0.0.1",
                "OPS_PORT", "0"));
        try {
            WebSocketClient webSockets = vertx.createWebSocketClient();
            Client client = new Client(webSockets);
            var sync = new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(portOf(process))
                    .setURI("/sync");
            GatewayFixture.await(client.open(sync));
            client.hello(GatewayFixture.token("alice"));
            client.expect("sync.welcome");

            process.destroy();
            client.skipTo("sync.goaway");
            process.destroy(); // Somebody is impatient.
            assertThat(client.closeCode()).isEqualTo(1012);
            assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static int portOf(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            var started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
        }
        throw new AssertionError("it did not start");
    }
}
