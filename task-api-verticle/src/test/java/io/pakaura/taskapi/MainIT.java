package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.publisher.testing.ChildProcess;
import io.pakaura.publisher.testing.RestClient;
import io.pakaura.publisher.testing.TestDatabase;
import io.pakaura.publisher.testing.TestTokens;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The packed jar with its libraries, as an operator runs it. */
class MainIT {
    @Test
    void a_bad_configuration_lists_all_its_faults_and_exits_2() throws Exception {
        Ended ended = run(Map.of(
                "HTTP_PORT", "8080",
                "EVENT_LOOPS", "0",
                "OPS_PORT", "8080",
                "DATABASE_URL", "postgresql://root:topsecret@localhost/db?sslmode=verify-full",
                "JWT_SECRET", "too-short-to-be-secret",
                "DAPR_ENABLED", "perhaps",
                "LOG_FORMAT", "xml"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output())
                .contains("OPS_PORT", "EVENT_LOOPS", "DATABASE_URL", "JWT_SECRET", "DAPR_ENABLED", "LOG_FORMAT")
                .doesNotContain("topsecret", "too-short", "Exception");
    }

    @Test
    void references_to_secrets_that_are_none_are_told_with_all_other_faults() throws Exception {
        Ended ended = run(Map.of(
                "HTTP_PORT", "0",
                "EVENT_LOOPS", "0",
                "DATABASE_URL", "secret:topsecret",
                "JWT_SECRET", "secret:store/topsecret",
                "DAPR_HTTP_PORT", "topsecret",
                "DAPR_API_TOKEN", "secret:store/topsecret"));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output().lines())
                .containsExactlyInAnyOrder(
                        "task-api has a configuration with 4 faults:",
                        "  DATABASE_URL must be of the form secret:<store>/<name> or secret:<store>/<name>#<key>",
                        "  DAPR_API_TOKEN cannot be a secret: it says how secrets are read",
                        "  DAPR_HTTP_PORT must be a whole number from 1 to 65535",
                        "  EVENT_LOOPS must be a whole number from 1 to 256");
    }

    @Test
    void without_any_configuration_it_says_what_is_required() throws Exception {
        Ended ended = run(Map.of());

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output()).contains("DATABASE_URL is required", "JWT_SECRET is required");
    }

    @Test
    void a_taken_port_is_one_clear_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ended ended = run(Map.of(
                    "HTTP_HOST",
                    "127.0.0.1",
                    "HTTP_PORT",
                    Integer.toString(taken.getLocalPort()),
                    "OPS_PORT",
                    "0",
                    "DATABASE_URL",
                    TestDatabase.create().url(),
                    "JWT_SECRET",
                    TestTokens.SECRET));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output().lines()).hasSize(1).allMatch(line -> line.contains("a port is taken"));
        }
    }

    @Test
    void a_database_that_is_not_there_is_one_clear_line() throws Exception {
        Ended ended = run(Map.of(
                "HTTP_PORT", "0",
                "OPS_PORT", "0",
                "DATABASE_URL", "postgresql://u:p@127.0.0.1:9/db",
                "JWT_SECRET", TestTokens.SECRET));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output().lines()).hasSize(1).allMatch(line -> line.contains("127.0.0.1:9"));
    }

    @Test
    void each_line_about_an_event_has_the_fields_to_find_it_by_and_the_request_s_correlation_id() throws Exception {
        JsonNode line = firstEventLine("DAPR_ENABLED", "true", "DAPR_HTTP_PORT", "9");

        assertThat(line.get("level").asText()).isEqualTo("WARN");
        assertThat(line.get("dapr_status").asText()).isEqualTo("unreachable");
    }

    @Test
    void with_events_off_they_are_logged_for_who_wants_to_see_them() throws Exception {
        JsonNode line = firstEventLine("DAPR_ENABLED", "false", "LOG_LEVEL", "DEBUG");

        assertThat(line.get("level").asText()).isEqualTo("DEBUG");
        assertThat(line.get("dapr_status").asText()).isEqualTo("disabled");
    }

    private static JsonNode firstEventLine(String... settings) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "HTTP_HOST", "127.0.0.1",
                "HTTP_PORT", "0",
                "OPS_PORT", "0",
                "DATABASE_URL", TestDatabase.create().url(),
                "JWT_SECRET", TestTokens.SECRET));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        try (ChildProcess process = start(environment)) {
            String port = process.awaitLine(Pattern.compile("task API on port (\\d+)"))
                    .group(1);
            new RestClient("http://127.0.0.1:" + port)
                    .send(
                            TestTokens.sign("alice"),
                            "POST",
                            "/tasks",
                            "{\"title\": \"a\"}",
                            "X-Correlation-Id",
                            "corr-7");
            JsonNode line = new ObjectMapper()
                    .readTree(process.awaitLine(Pattern.compile(".*dapr_status.*\n"))
                            .group());
            assertThat(line.get("event_type").asText()).isEqualTo("sync.task");
            assertThat(line.get("topic").asText()).isEqualTo("task-updates");
            assertThat(line.get("task_id").asText()).hasSize(36);
            assertThat(line.get("user_id").asText()).isEqualTo("alice");
            assertThat(line.get("correlation_id").asText()).isEqualTo("corr-7");
            return line;
        }
    }

    @Test
    void after_a_restore_an_operator_gives_the_history_another_name() throws Exception {
        try (ApiFixture api = new ApiFixture(Map.of())) {
            String before = epoch(api);

            Ended ended = run(Map.of("DATABASE_URL", api.database.url()), "rotate-epoch");

            assertThat(ended.exitCode()).isZero();
            assertThat(epoch(api)).isNotEqualTo(before);
            assertThat(ended.output()).contains(epoch(api));
        }
    }

    @Test
    void a_command_that_cannot_be_carried_out_says_why() throws Exception {
        assertThat(run(Map.of(), "rotate-epoch").output()).contains("DATABASE_URL is required");
        Ended unknown = run(Map.of(), "rotate");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.output()).startsWith("usage: ");
        Ended nowhere = run(Map.of("DATABASE_URL", "postgresql://u:topsecret@127.0.0.1:9/db"), "rotate-epoch");
        assertThat(nowhere.exitCode()).isEqualTo(1);
        assertThat(nowhere.output()).contains("rotate-epoch failed").doesNotContain("topsecret");
    }

    private static String epoch(ApiFixture api) {
        return api.send("alice", "GET", "/tasks/changes?since=0", "")
                .json()
                .get("epoch")
                .asText();
    }

    private record Ended(int exitCode, String output) {}

    private static ChildProcess start(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("-jar", "target/task-api-verticle.jar"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = ChildProcess.java(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return ChildProcess.start("task API", builder);
    }

    private static Ended run(Map<String, String> environment, String... arguments) {
        try (ChildProcess process = start(environment, arguments)) {
            return new Ended(process.awaitExit(), process.log());
        }
    }
}
