package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pakaura.publisher.testing.RestClient.Response;
import io.pakaura.publisher.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputIT {
    private static final String ID = "018f4e9c-58c5-7c3e-9f0a-3d1f0a5b7c11";
    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture(Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    static Stream<Arguments> badRequests() {
        String task = "/tasks/" + ID;
        return Stream.of(
                arguments("POST", "/tasks", "{}", "title"),
                arguments("POST", "/tasks", "{\"title\": \"\"}", "title"),
                arguments("POST", "/tasks", "{\"title\": \" \\u00a0 \"}", "title"),
                arguments("POST", "/tasks", "{\"title\": null}", "title"),
                arguments("POST", "/tasks", "{\"title\": 5}", "title"),
                arguments("POST", "/tasks", "{\"title\": \"a\\u0000b\"}", "title"),
                arguments("POST", "/tasks", "{\"title\": \"a\\nb\"}", "title"),
                arguments("POST", "/tasks", "{\"title\": \"\\ud800\"}", "title"),
                arguments("POST", "/tasks", "{\"title\": \"" + "x".repeat(501) + "\"}", "title"),
                arguments(
                        "POST",
                        "/tasks",
                        "{\"title\": \"a\", \"description\": \"" + "x".repeat(10_001) + "\"}",
                        "description"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"description\": \"\\u0007\"}", "description"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"priority\": \"urgent\"}", "priority"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"priority\": null}", "priority"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"due_date\": \"2026-02-30\"}", "due_date"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"due_date\": \"2026-2-3\"}", "due_date"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"due_date\": \"0000-01-01\"}", "due_date"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"due_date\": 20260101}", "due_date"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"remind_at\": \"2026-12-01T09:00:00Z\"}", "remind_at"),
                arguments(
                        "POST",
                        "/tasks",
                        "{\"title\": \"a\", \"due_date\": \"2026-12-01\", \"remind_at\": \"2026-12-01T09:00:00\"}",
                        "remind_at"),
                arguments(
                        "POST",
                        "/tasks",
                        "{\"title\": \"a\", \"due_date\": \"2026-12-01\", \"remind_at\": \"2026-12-01T09:00Z\"}",
                        "remind_at"),
                arguments(
                        "POST",
                        "/tasks",
                        "{\"title\": \"a\", \"due_date\": \"2026-12-01\", \"remind_at\": \"2026-12-01T09:00:00+19:00\"}",
                        "remind_at"),
                arguments(
                        "POST",
                        "/tasks",
                        "{\"title\": \"a\", \"due_date\": \"2026-12-01\", \"remind_at\": \"9999-12-31T23:59:59-01:00\"}",
                        "remind_at"),
                arguments(
                        "POST",
                        "/tasks",
                        "{\"title\": \"a\", \"due_date\": \"2026-12-01\", \"remind_at\": \"2016-12-31T23:59:60Z\"}",
                        "remind_at"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"id\": \"1\"}", "id"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"id\": null}", "id"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"titel\": \"b\"}", "titel"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"completed\": true}", "completed"),
                arguments("POST", "/tasks", "{\"title\": \"a\", \"title\": \"b\"}", "body"),
                arguments("POST", "/tasks", "{\"title\": \"a\"", "body"),
                arguments("POST", "/tasks", "{\"title\": \"a\"} {}", "body"),
                arguments("POST", "/tasks", "[]", "body"),
                arguments("POST", "/tasks", "null", "body"),
                arguments("POST", "/tasks", "[".repeat(5_000), "body"),
                arguments("POST", "/tasks?dry_run=true", "{\"title\": \"a\"}", "dry_run"),
                arguments("GET", "/tasks?limit=0", "", "limit"),
                arguments("GET", "/tasks?limit=501", "", "limit"),
                arguments("GET", "/tasks?limit=1.0", "", "limit"),
                arguments("GET", "/tasks?limit=99999999999999999999", "", "limit"),
                arguments("GET", "/tasks?limit=1&limit=2", "", "limit"),
                arguments("GET", "/tasks?completed=yes", "", "completed"),
                arguments("GET", "/tasks?sort=title", "", "sort"),
                arguments("GET", "/tasks?cursor=", "", "cursor"),
                arguments("GET", "/tasks?cursor=%00", "", "cursor"),
                arguments("GET", "/tasks?colour=red", "", "colour"),
                arguments("GET", "/tasks/1", "", "id"),
                arguments("PATCH", "/tasks/1", "{}", "id"),
                arguments("PATCH", task, "{\"title\": null}", "title"),
                arguments("PATCH", task, "{\"completed\": null}", "completed"),
                arguments("PATCH", task, "{\"id\": \"" + ID + "\"}", "id"),
                arguments("PATCH", task, "{\"revision\": 5}", "revision"),
                arguments("PATCH", task, "\"x\"", "body"),
                arguments("DELETE", "/tasks/1", "", "id"),
                arguments("DELETE", "/tasks", "", "completed"),
                arguments("DELETE", "/tasks?completed=false", "", "completed"),
                arguments("POST", "/tasks/1/complete", "", "id"),
                arguments("POST", "/tasks/1/uncomplete", "", "id"),
                arguments("GET", "/tasks/changes", "", "since"),
                arguments("GET", "/tasks/changes?since=-1", "", "since"),
                arguments("GET", "/tasks/changes?since=x", "", "since"),
                arguments("GET", "/tasks/changes?since=0&limit=0", "", "limit"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("badRequests")
    void is_answered_with_a_problem_that_names_the_field(String method, String path, String body, String field) {
        Response refused = api.send("alice", method, path, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.fields()).containsExactly(field);
        assertThat(refused.json().get("status").asInt()).isEqualTo(400);
        assertThat(refused.json().get("correlation_id").asText()).isEqualTo(refused.header("X-Correlation-Id"));
        assertThat(refused.json().get("detail").asText()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "If-None-Match"})
    void a_precondition_that_is_no_entity_tag_is_named(String header) {
        String method = header.equals("If-Match") ? "DELETE" : "GET";

        assertThat(api.send("alice", method, "/tasks/" + ID, "", header, "5").fields())
                .containsExactly(header);
    }

    @Test
    void what_is_said_of_broken_json_is_nothing_of_the_parser_s_own() {
        String detail = api.send("alice", "POST", "/tasks", "{\"title\": \"a\"")
                .json()
                .get("detail")
                .asText();

        assertThat(detail).startsWith("body: is not JSON: ").doesNotContain("Source", "Feature", "(");
    }

    @Test
    void a_precondition_of_thousands_of_tags_is_too_long_and_nothing_worse() {
        String tags = String.join(",", java.util.Collections.nCopies(2_000, "\"\""));

        Response refused = api.send("alice", "DELETE", "/tasks/" + ID, "", "If-Match", tags);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly("If-Match");
    }

    @Test
    void all_faults_are_told_at_once() {
        Response refused = api.send("alice", "POST", "/tasks", "{\"id\": 1, \"priority\": \"x\", \"due_date\": \"x\"}");

        assertThat(refused.fields()).containsExactlyInAnyOrder("id", "priority", "due_date", "title");
    }

    @Test
    void a_body_over_64_kib_is_413() {
        Response refused = api.send("alice", "POST", "/tasks", "{\"title\": \"" + "x".repeat(70_000) + "\"}");

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.fields()).containsExactly("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/merge-patch+json"})
    void another_media_type_is_415(String type) {
        Response refused = api.send("alice", "POST", "/tasks", "{\"title\": \"a\"}", "Content-Type", type);

        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.fields()).containsExactly("Content-Type");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        byte[] body = "{\"title\": \"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);

        Response refused = api.send(api.request("/tasks")
                .header("Authorization", "Bearer " + TestTokens.sign("alice"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly("body");
    }

    @Test
    void an_unknown_path_is_404_and_an_unknown_method_405() {
        assertThat(api.send("alice", "GET", "/nowhere", "").status()).isEqualTo(404);
        Response wrongMethod = api.send("alice", "PUT", "/tasks", "");
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.header("Allow")).isEqualTo("GET, HEAD, POST, DELETE");
        assertThat(api.send("alice", "PUT", "/tasks/changes", "").header("Allow"))
                .isEqualTo("GET, HEAD");
        assertThat(wrongMethod.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/tasks?limit=%zz", "/tasks/x?limit=%zz", "/tasks/%zz", "/tasks?limit=%ff", "/%", "/tasks/%00"})
    void an_address_that_cannot_be_decoded_is_a_client_s_fault(String path) throws IOException {
        assertThat(raw(path)).startsWith("HTTP/1.1 4").contains("application/problem+json", "correlation_id");
    }

    @Test
    void a_request_without_a_good_token_is_401() {
        String expired = TestTokens.sign("alice", Instant.now().minusSeconds(1));
        for (String header : new String[] {"", "Basic YTpi", "Bearer ", "Bearer x.y.z", "Bearer " + expired}) {
            var request = api.request("/tasks").GET();
            if (!header.isEmpty()) {
                request.header("Authorization", header);
            }
            Response refused = api.send(request);
            assertThat(refused.status()).as(header).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer");
            assertThat(refused.json().get("type").asText()).endsWith("unauthorized");
        }
    }

    private static String raw(String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.api.httpPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                    + TestTokens.sign("alice") + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
