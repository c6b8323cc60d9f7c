package io.pakaura.endtoend.dapr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pakaura.publisher.testing.TestDatabase;
import io.pakaura.publisher.testing.TestTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed services with settings that a real daprd reads for them out of a secret store. */
class SecretSettingsIT {
    private static final String API_TOKEN = "token-of-the-api";
    private static final String TASK_API = "task-api-verticle";
    private static final String GATEWAY = "sync-gateway-verticle";
    private static Path binary;
    private static Path directory;
    private static Daprd daprd;

    @BeforeAll
    static void start(@TempDir Path temporary) throws Exception {
        Optional<Path> found = Daprd.find();
        if (found.isEmpty()) {
            System.out.println("SecretSettingsIT " + Daprd.MISSING);
        }
        assumeTrue(found.isPresent(), Daprd.MISSING);
        binary = found.orElseThrow();
        directory = temporary;
        daprd = launch();
    }

    @AfterAll
    static void stop() {
        if (daprd != null) {
            daprd.close();
        }
    }

    private static Daprd launch() throws Exception {
        String secrets =
                """
                {"db": {"url": "%s", "comment": "p4ss"}, "jwt": "%s\\n", "short": "p4ss"}"""
                        .formatted(TestDatabase.create().url(), TestTokens.SECRET);
        Map<String, String> components = LocalStores.of(directory, secrets);
        return Daprd.launch(binary, components, new Daprd.Options("task-api", null, null, API_TOKEN, null));
    }

    @Test
    void a_service_waits_for_its_sidecar_and_starts_with_what_the_store_has() throws Exception {
        // It may not be ready yet: nobody has waited for it.
        Map<String, String> settings =
                Map.of("DATABASE_URL", "secret:secrets/db#url", "JWT_SECRET", "secret:secrets/jwt");
        assertThat(started(TASK_API, settings)).contains("task API on port");
        assertThat(started(GATEWAY, Map.of("JWT_SECRET", "secret:secrets/jwt"))).contains("sync gateway on port");
    }

    @Test
    void a_command_reads_its_secrets_too() throws Exception {
        assertThat(started(TASK_API, Map.of("DATABASE_URL", "secret:secrets/db#url", "JWT_SECRET", TestTokens.SECRET)))
                .contains("task API on port");
        Ended ended = run(TASK_API, Map.of("DATABASE_URL", "secret:secrets/db#url"), "rotate-epoch");
        assertThat(ended.output()).startsWith("The epoch is ");
        assertThat(ended.exitCode()).isZero();
    }

    @Test
    void all_that_cannot_be_read_is_told_at_once_and_no_value_is() throws Exception {
        Ended ended = run(
                TASK_API,
                Map.of(
                        "DATABASE_URL", "secret:secrets/db",
                        "JWT_SECRET", "secret:secrets/short",
                        "JWT_ISSUER", "secret:none/jwt",
                        "JWT_AUDIENCE", "secret:secrets/none",
                        "EVENT_LOOPS", "0"));
        assertThat(ended.output().lines())
                .containsExactlyInAnyOrder(
                        "task-api has a configuration with 5 faults:",
                        "  DATABASE_URL is a secret with several values, none of them called like the secret: add #<key>",
                        "  JWT_SECRET must have at least 32 bytes",
                        "  JWT_ISSUER is a secret of a store that the sidecar does not have",
                        "  JWT_AUDIENCE is a secret that its store does not have, or cannot read: see the sidecar's log",
                        "  EVENT_LOOPS must be a whole number from 1 to 256");
        assertThat(ended.exitCode()).isEqualTo(2);
    }

    @Test
    void another_token_than_the_sidecars_is_told() throws Exception {
        Ended ended = run(GATEWAY, Map.of("JWT_SECRET", "secret:secrets/jwt", "DAPR_API_TOKEN", "another"));
        assertThat(ended.output().lines())
                .containsExactly(
                        "sync-gateway has a configuration with a fault:",
                        "  JWT_SECRET is a secret, and the sidecar wants another DAPR_API_TOKEN");
        assertThat(ended.exitCode()).isEqualTo(2);
    }

    private record Ended(int exitCode, String output) {}

    private static Ended run(String service, Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        Process process = process(service, settings, arguments);
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The line that says that it has started, or else all it said. */
    private static String started(String service, Map<String, String> settings) throws IOException {
        Process process = process(service, settings);
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.contains(" on port ")) {
                    return line;
                }
            }
            return String.join("\n", said);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process process(String service, Map<String, String> settings, String... arguments)
            throws IOException {
        Path jar = Path.of("..", service, "target", service + ".jar");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = new HashMap<>(Map.of(
                "HTTP_HOST", "127.0.0.1",
                "HTTP_PORT", "0",
                "OPS_HOST", "127.0.0.1",
                "OPS_PORT", "0",
                "DAPR_HTTP_PORT", Integer.toString(daprd.port()),
                "DAPR_API_TOKEN", API_TOKEN));
        environment.putAll(settings);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
