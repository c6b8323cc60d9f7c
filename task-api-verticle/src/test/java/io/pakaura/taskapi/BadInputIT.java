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
                arguments("POST", "/tasks", "{\"title\": \"\\u001fab\\u001c\"}", "title"),
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
                arguments("GET", "/tasks/changes?since=9223372036854775808", "", "since"),
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

    static Stream<String> brokenJson() {
        return Stream.of(
                "{\"title\": \"a\"",
                "{\"title\": \"a\"} {}",
                "{\"title\": \"a\", \"title\": \"b\"}",
                "{\"title\": NaN}",
                "{\"title\": -Infinity}",
                "{'title': 'a'}",
                "{\"title\": \"\u0001\"}",
                "{\"title\": \"\\x\"}",
                "{\"title\": 01}",
                "{title: 1}",
                "/* no */ {}",
                "\u0000",
                "[".repeat(5_000),
                "{\"title\": " + "9".repeat(2_000) + "}",
                "{\"" + "x".repeat(60_000) + "\": 1}");
    }

    @ParameterizedTest
    @MethodSource("brokenJson")
    void what_is_said_of_broken_json_is_nothing_of_the_parser_s_own(String body) {
        for (String path : new String[] {"/tasks", "/mcp"}) {
            Response refused = api.send("alice", "POST", path, body);

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.fields()).containsExactly("body");
            assertThat(refused.json().get("detail").asText())
                    .startsWith("body: ")
                    .hasSizeLessThan(200)
                    .doesNotContain("Source", "Feature", "(", "Stream", "token", "enable", "code 1");
        }
    }

    @Test
    void where_json_breaks_is_told() {
        Response refused = api.send("alice", "POST", "/tasks", "{\n  \"title\": nope}");

        assertThat(refused.json().get("detail").asText()).contains("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tasks", "/mcp"})
    void thousands_of_unknown_fields_cost_one_error(String path) {
        String body = java.util.stream.IntStream.range(0, 6_000)
                .mapToObj(i -> "\"f" + i + "\":1")
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));

        Response refused = api.send("alice", "POST", path, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly("body");
        assertThat(refused.json().get("detail").asText()).contains("100 fields");
    }

    @Test
    void no_more_than_20_errors_are_told() {
        String body = java.util.stream.IntStream.range(0, 90)
                .mapToObj(i -> "\"f" + i + "\":1")
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));

        String query = java.util.stream.IntStream.range(0, 500)
                .mapToObj(i -> "q" + i)
                .collect(java.util.stream.Collectors.joining("&", "?", ""));

        Response body90 = api.send("alice", "POST", "/tasks", body);
        Response query500 = api.send("alice", "GET", "/tasks" + query, "");

        assertThat(body90.fields()).hasSize(20);
        assertThat(body90.json().get("detail").asText()).endsWith("(and 90 more)");
        assertThat(query500.fields()).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"37\",", ", \"37\"", ",,\"1\" , ,\t\"37\""})
    void an_empty_element_of_a_list_of_tags_is_nothing(String tags) {
        assertThat(api.send("alice", "DELETE", "/tasks/" + ID, "", "If-Match", tags)
                        .status())
                .isEqualTo(404);
        assertThat(api.send("alice", "GET", "/tasks/" + ID, "", "If-None-Match", tags)
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"\"37\"", "\"37\" \"38\"", ",", "*, \"37\"", "w/\"37\"", "\"3 7\"", "\"37", "37\""})
    void what_is_no_list_of_tags_is_named(String tags) {
        assertThat(api.send("alice", "DELETE", "/tasks/" + ID, "", "If-Match", tags)
                        .fields())
                .containsExactly("If-Match");
        assertThat(api.send("alice", "GET", "/tasks/" + ID, "", "If-None-Match", tags)
                        .fields())
                .containsExactly("If-None-Match");
    }

    static Stream<Arguments> preconditionsThatAreNotTaken() {
        String task = "/tasks/" + ID;
        return Stream.of(
                arguments("PATCH", task, "{}", "If-None-Match"),
                arguments("DELETE", task, "", "If-None-Match"),
                arguments("POST", task + "/complete", "", "If-None-Match"),
                arguments("POST", task + "/uncomplete", "", "If-None-Match"),
                arguments("POST", "/tasks", "{\"title\": \"a\"}", "If-None-Match"),
                arguments("POST", "/tasks", "{\"title\": \"a\"}", "If-Match"),
                arguments("DELETE", "/tasks?completed=true", "", "If-Match"));
    }

    @ParameterizedTest
    @MethodSource("preconditionsThatAreNotTaken")
    void a_precondition_that_would_not_be_looked_at_stops_the_change(
            String method, String path, String body, String header) {
        Response refused = api.send("alice", method, path, body, header, "\"1\"");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly(header);
    }

    @Test
    void a_precondition_of_thousands_of_tags_is_too_long_and_nothing_worse() {
        String tags = String.join(",", java.util.Collections.nCopies(2_000, "\"\""));

        Response refused = api.send("alice", "DELETE", "/tasks/" + ID, "", "If-Match", tags);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly("If-Match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999999999", "1000000000000000000", "9223372036854775807"})
    void a_revision_that_nobody_has_is_gone_however_large(String since) {
        assertThat(api.send("alice", "GET", "/tasks/changes?since=" + since, "").status())
                .isEqualTo(410);
    }

    @Test
    void white_space_around_a_title_is_no_part_of_it() {
        assertThat(api.send("alice", "POST", "/tasks", "{\"title\": \"\\t a b\\u00a0\\r\\n\"}")
                        .json()
                        .get("title")
                        .asText())
                .isEqualTo("a b");
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

    @ParameterizedTest
    @ValueSource(strings = {"latin1", "utf-16", "\"ISO-8859-1\"", "x"})
    void another_charset_than_utf_8_is_415(String charset) {
        String type = "application/json; charset=" + charset;

        Response refused = api.send("alice", "POST", "/tasks", "{\"title\": \"a\"}", "Content-Type", type);

        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.fields()).containsExactly("Content-Type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "\"utf-8\"", "utf-8; x=y"})
    void a_charset_of_utf_8_may_be_told(String charset) {
        String type = "application/json; charset=" + charset;

        assertThat(api.send("alice", "POST", "/tasks", "{\"title\": \"a\"}", "Content-Type", type)
                        .status())
                .isEqualTo(201);
    }

    static Stream<byte[]> notUtf8() {
        String task = "{\"title\": \"\u00e4\"}";
        return Stream.of(
                task.getBytes(StandardCharsets.ISO_8859_1),
                task.getBytes(StandardCharsets.UTF_16),
                task.getBytes(StandardCharsets.UTF_16LE),
                task.getBytes(StandardCharsets.UTF_16BE),
                task.getBytes(java.nio.charset.Charset.forName("UTF-32")),
                task.getBytes(java.nio.charset.Charset.forName("UTF-32LE")),
                "{\"title\": \"\u00c0\u00af\"}".getBytes(StandardCharsets.ISO_8859_1),
                "{\"title\": \"\u00ed\u00a0\u00bd\u00ed\u00b8\u0080\"}".getBytes(StandardCharsets.ISO_8859_1),
                "{\"title\": \"\u00f4\u0090\u0080\u0080\"}".getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void bytes_that_are_not_utf_8_are_refused(byte[] body) {
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
        for (String method : new String[] {"DELETE", "PATCH", "POST"}) {
            Response refused = api.send("alice", method, "/tasks/changes", "");
            assertThat(refused.status()).as(method).isEqualTo(405);
            assertThat(refused.header("Allow")).as(method).isEqualTo("GET, HEAD");
        }
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
        String noUser = TestTokens.sign("a\nb", Instant.now().plusSeconds(60));
        for (String header :
                new String[] {"", "Basic YTpi", "Bearer ", "Bearer x.y.z", "Bearer " + expired, "Bearer " + noUser}) {
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
