package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pakaura.publisher.testing.RestClient.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes over the wire, byte by byte: what no client of the SDK would send. */
class McpHttpIT {
    private static final String LIST = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"}";

    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture(Map.of("ALLOWED_ORIGINS", "https://assistant.example"));
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    private static Response post(String message, String... headers) {
        return api.send("alice", "POST", "/mcp", message, headers);
    }

    private static String request(String method, String params) {
        return "{\"jsonrpc\": \"2.0\", \"id\": \"r-1\", \"method\": \"" + method + "\", \"params\": " + params + "}";
    }

    @Test
    void a_request_is_answered_with_json_whatever_is_accepted() {
        for (String accept :
                new String[] {"*/*", "application/json", "application/json, text/event-stream", "text/event-stream"}) {
            Response answer = post(LIST, "Accept", accept);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.json().at("/result/tools")).hasSize(7);
        }
    }

    @Test
    void there_is_no_session_to_lose_and_ids_come_back_as_they_were() {
        Response number = post("{\"jsonrpc\": \"2.0\", \"id\": 9007199254740991, \"method\": \"ping\"}");
        Response text = post("{\"jsonrpc\": \"2.0\", \"id\": \"a\", \"method\": \"ping\"}", "Mcp-Session-Id", "x");

        assertThat(number.http().body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":9007199254740991,\"result\":{}}");
        assertThat(text.json().get("id").asText()).isEqualTo("a");
        assertThat(text.header("Mcp-Session-Id")).isEmpty();
        assertThat(text.header("X-Correlation-Id")).isNotEmpty();
    }

    @Test
    void a_tool_that_changes_tasks_tells_the_revision_as_rest_does_and_one_that_reads_does_not() {
        Response added = post(request("tools/call", "{\"name\": \"add_task\", \"arguments\": {\"title\": \"a\"}}"));
        Response listed = post(request("tools/call", "{\"name\": \"list_tasks\"}"));

        assertThat(added.header("Sync-Revision"))
                .isEqualTo(added.json().at("/result/structuredContent/revision").asText());
        assertThat(added.header("Sync-Epoch"))
                .isEqualTo(listed.json().at("/result/structuredContent/epoch").asText());
        assertThat(listed.header("Sync-Revision")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}",
                "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {\"requestId\": 1}}",
                "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/of_our_own\"}",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": {}}",
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"error\": {\"code\": -1, \"message\": \"no\"}}"
            })
    void what_wants_no_answer_is_taken_without_one(String message) {
        Response taken = post(message);

        assertThat(taken.status()).isEqualTo(202);
        assertThat(taken.http().body()).isEmpty();
    }

    static Stream<Arguments> noMessages() {
        return Stream.of(
                arguments("{\"jsonrpc\": \"2.0\"", "body"),
                arguments("[" + LIST + "]", "body"),
                arguments("[]", "body"),
                arguments("null", "body"),
                arguments("[".repeat(5_000), "body"),
                arguments(
                        LIST.replace("}", ", \"params\": " + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001)),
                        "body"),
                arguments(LIST.replace("2.0", "1.0"), "jsonrpc"),
                arguments(LIST.replace("\"id\"", "\"id\": 2, \"id\""), "body"),
                arguments(LIST.replace("1,", "null,"), "id"),
                arguments(LIST.replace("1,", "1.5,"), "id"),
                arguments(LIST.replace("1,", "1e999999999,"), "id"),
                arguments(LIST.replace("1,", "{},"), "id"),
                arguments(LIST.replace("\"tools/list\"", "5"), "method"),
                arguments(LIST.replace("}", ", \"params\": []}"), "params"),
                arguments("{\"jsonrpc\": \"2.0\", \"id\": 1}", "method"));
    }

    @ParameterizedTest
    @MethodSource("noMessages")
    void what_is_no_message_is_a_problem_like_any_other(String body, String field) {
        Response refused = post(body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.fields()).contains(field);
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                arguments(request("tasks/eat", "{}"), -32601),
                arguments(request("resources/list", "{}"), -32601),
                arguments(request("tools/call", "{}"), -32602),
                arguments(request("tools/call", "{\"name\": \"eat_task\"}"), -32602),
                arguments(request("tools/call", "{\"name\": [\"list_tasks\"]}"), -32602),
                arguments(request("tools/call", "{\"name\": \"list_tasks\", \"arguments\": []}"), -32602),
                arguments(request("initialize", "{\"protocolVersion\": {}}"), -32602),
                arguments(request("initialize", "{\"protocolVersion\": \"2025-11-25\", \"capabilities\": 5}"), -32602));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void a_request_that_nothing_can_be_done_with_is_an_error_of_the_protocol(String message, int code) {
        Response answer = post(message);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("id").asText()).isEqualTo("r-1");
        assertThat(answer.json().at("/error/code").asInt()).isEqualTo(code);
        assertThat(answer.http().body()).doesNotContain("io.modelcontextprotocol", "jackson", "java.");
    }

    @Test
    void the_newest_version_that_both_speak_is_agreed_on() {
        assertThat(agreed("2025-11-25")).isEqualTo("2025-11-25");
        assertThat(agreed("2025-06-18")).isEqualTo("2025-06-18");
        assertThat(agreed("2099-01-01")).isEqualTo("2025-11-25");
    }

    private static String agreed(String version) {
        return post(request(
                        "initialize",
                        "{\"protocolVersion\": \"" + version
                                + "\", \"capabilities\": {}, \"clientInfo\": {\"name\": \"t\", \"version\": \"1\"}}"))
                .json()
                .at("/result/protocolVersion")
                .asText();
    }

    @Test
    void a_version_that_is_not_spoken_here_is_refused() {
        assertThat(post(LIST, "MCP-Protocol-Version", "2025-06-18").status()).isEqualTo(200);

        Response refused = post(LIST, "MCP-Protocol-Version", "2099-01-01");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly("MCP-Protocol-Version");
    }

    @Test
    void a_page_of_another_origin_is_turned_away_before_anything_else() {
        assertThat(post(LIST, "Origin", "https://assistant.example").status()).isEqualTo(200);
        assertThat(post(LIST, "Origin", "http://127.0.0.1:" + api.api.httpPort())
                        .status())
                .isEqualTo(200);
        assertThat(post(LIST, "Origin", "https://front.example", "X-Forwarded-Host", "front.example")
                        .status())
                .isEqualTo(200);

        for (String origin : new String[] {"https://evil.example", "null", "http://127.0.0.1:1", "file://"}) {
            Response refused = post("no message", "Origin", origin);

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.json().get("type").asText()).endsWith("/forbidden");
        }
        assertThat(api.send("alice", "GET", "/mcp", "", "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void nothing_is_read_from_who_has_no_token() {
        Response refused = api.send(
                api.request("/mcp").header("Content-Type", "application/json").POST(BodyPublishers.ofString(LIST)));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void there_is_no_stream_to_get_and_no_session_to_delete() {
        for (String method : new String[] {"GET", "DELETE", "PUT"}) {
            Response refused = api.send("alice", method, "/mcp", "", "Accept", "text/event-stream");

            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow")).isEqualTo("POST");
        }
    }

    @Test
    void other_media_types_and_bodies_over_64_kib_are_refused() {
        assertThat(post(LIST, "Content-Type", "text/plain").status()).isEqualTo(415);
        assertThat(post(LIST, "Content-Type", "application/json; charset=utf-8").status())
                .isEqualTo(200);
        assertThat(post(request("ping", "{\"a\": \"" + "x".repeat(70_000) + "\"}"))
                        .status())
                .isEqualTo(413);
    }
}
