package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.pakaura.publisher.testing.RestClient.Response;
import io.pakaura.publisher.testing.TestTokens;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tools, driven by the client of the official SDK, which also holds each result to the schema that was published. */
class McpIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ID = "018f4e9c-58c5-7c3e-9f0a-3d1f0a5b7c11";
    private static final List<String> TOOLS = List.of(
            "add_task",
            "update_task",
            "complete_task",
            "uncomplete_task",
            "delete_task",
            "clear_completed",
            "list_tasks");
    private static final List<McpSyncClient> clients = new ArrayList<>();

    private static ApiFixture api;

    /** Rows stay in the outbox: there is nothing at the port of the sidecar. */
    @BeforeAll
    static void start() {
        api = new ApiFixture(Map.of("DAPR_ENABLED", "true", "DAPR_HTTP_PORT", "9"));
    }

    @AfterAll
    static void stop() throws Exception {
        clients.forEach(McpSyncClient::close);
        api.close();
    }

    @Test
    void a_client_learns_what_this_is_and_that_it_has_tools() {
        McpSyncClient client = client("ina");
        InitializeResult server = client.getCurrentInitializationResult();

        assertThat(server.protocolVersion()).isEqualTo("2025-11-25");
        assertThat(server.serverInfo().name()).isEqualTo("pakaura-sync");
        assertThat(server.instructions()).contains("list_tasks", "YYYY-MM-DD");
        assertThat(server.capabilities().tools()).isNotNull();
        assertThat(server.capabilities().resources()).isNull();
        assertThat(client.ping()).isNotNull();
    }

    @Test
    void each_tool_says_what_it_does_what_it_takes_and_what_it_returns() {
        List<Tool> tools = client("tom").listTools().tools();

        assertThat(tools).extracting(Tool::name).containsExactlyElementsOf(TOOLS);
        assertThat(tools).allSatisfy(tool -> {
            assertThat(tool.title()).isNotBlank();
            assertThat(tool.description()).hasSizeGreaterThan(80);
            assertThat(tool.annotations().openWorldHint()).isFalse();
            assertThat(tool.inputSchema()).containsEntry("type", "object").containsEntry("additionalProperties", false);
            assertThat(tool.outputSchema()).containsEntry("type", "object");
            assertThat(MAPPER.writeValueAsString(tool)).doesNotContain("$ref", "x-errors", "\\\\p{");
            McpJsonDefaults.getSchemaValidator().assertConforms("input", tool.inputSchema());
            McpJsonDefaults.getSchemaValidator().assertConforms("output", tool.outputSchema());
        });
    }

    @Test
    void hints_tell_what_only_looks_what_adds_and_what_cannot_be_taken_back() {
        List<Tool> tools = client("tom").listTools().tools();

        assertThat(tools)
                .filteredOn(tool -> tool.annotations().readOnlyHint())
                .extracting(Tool::name)
                .containsExactly("list_tasks");
        assertThat(tools)
                .filteredOn(tool -> tool.annotations().destructiveHint())
                .extracting(Tool::name)
                .containsExactly("update_task", "delete_task", "clear_completed");
        assertThat(tools)
                .filteredOn(tool -> !tool.annotations().idempotentHint())
                .extracting(Tool::name)
                .containsExactly("add_task");
    }

    @Test
    void a_task_lives_its_whole_life_by_tools() {
        McpSyncClient client = client("lea");

        JsonNode added = done(client, "add_task", "{\"title\": \" 🥛 Buy milk \", \"due_date\": \"2026-12-01\"}");
        String id = added.get("id").asText();
        assertThat(added.get("title").asText()).isEqualTo("🥛 Buy milk");
        assertThat(added.get("revision").asLong()).isEqualTo(1);

        JsonNode updated = done(
                client, "update_task", "{\"id\": \"" + id + "\", \"title\": \"Buy oat milk\", \"due_date\": null}");
        assertThat(updated.get("title").asText()).isEqualTo("Buy oat milk");
        assertThat(updated.get("due_date").isNull()).isTrue();

        assertThat(done(client, "complete_task", id(id)).get("completed").asBoolean())
                .isTrue();
        assertThat(done(client, "uncomplete_task", id(id)).get("completed").asBoolean())
                .isFalse();
        assertThat(done(client, "list_tasks", "{}").at("/tasks/0/id").asText()).isEqualTo(id);

        assertThat(done(client, "delete_task", id(id))).isEqualTo(json("{\"id\": \"" + id + "\", \"revision\": 5}"));
        assertThat(done(client, "list_tasks", "{}").get("tasks")).isEmpty();

        done(client, "add_task", "{\"title\": \"a\", \"id\": \"" + ID + "\"}");
        done(client, "complete_task", id(ID));
        assertThat(done(client, "clear_completed", "{}")).isEqualTo(json("{\"deleted\": 1, \"revision\": 8}"));
    }

    @Test
    void a_list_is_filtered_sorted_and_paged_as_by_rest() {
        McpSyncClient client = client("pia");
        for (String day : List.of("2026-12-03", "2026-12-01", "2026-12-02", "2027-01-01")) {
            done(client, "add_task", "{\"title\": \"milk " + day + "\", \"due_date\": \"" + day + "\"}");
        }
        String filter =
                "\"q\": \"MILK\", \"completed\": false, \"due_before\": \"2027-01-01\", \"sort\": \"-due_date\"";

        JsonNode first = done(client, "list_tasks", "{" + filter + ", \"limit\": 2}");
        JsonNode second = done(
                client,
                "list_tasks",
                "{" + filter + ", \"limit\": 2, \"cursor\": \""
                        + first.get("next_cursor").asText() + "\"}");

        assertThat(first.get("tasks").findValuesAsText("due_date")).containsExactly("2026-12-03", "2026-12-02");
        assertThat(second.get("tasks").findValuesAsText("due_date")).containsExactly("2026-12-01");
        assertThat(second.get("next_cursor").isNull()).isTrue();
        assertThat(first)
                .isEqualTo(api.send(
                                "pia",
                                "GET",
                                "/tasks?q=MILK&completed=false&due_before=2027-01-01&sort=-due_date&limit=2",
                                "")
                        .json());
    }

    @Test
    void nobody_sees_or_touches_what_is_another_s() {
        String id = done(client("mia"), "add_task", "{\"title\": \"mine\"}")
                .get("id")
                .asText();
        McpSyncClient other = client("max");

        assertThat(done(other, "list_tasks", "{}").get("tasks")).isEmpty();
        assertThat(failed(other, "delete_task", id(id))).isEqualTo("id: you have no task with this id");
    }

    @Test
    void what_the_state_of_a_task_forbids_is_told_by_the_argument_to_change() {
        McpSyncClient client = client("ida");
        String id = done(client, "add_task", "{\"title\": \"a\"}").get("id").asText();
        String stale = "{\"id\": \"" + id + "\", \"if_revision\": 7}";

        for (String tool : List.of("update_task", "complete_task", "uncomplete_task", "delete_task")) {
            assertThat(failed(client, tool, stale))
                    .as(tool)
                    .startsWith("if_revision: ")
                    .contains("its revision is 1");
            assertThat(failed(client, tool, id(ID))).as(tool).startsWith("id: ");
        }
        assertThat(failed(client, "update_task", "{\"id\": \"" + id + "\", \"remind_at\": \"2026-12-01T09:00:00Z\"}"))
                .isEqualTo("remind_at: needs a due_date");
        done(client, "delete_task", "{\"id\": \"" + id + "\", \"if_revision\": 1}");
        assertThat(failed(client, "add_task", "{\"title\": \"a\", \"id\": \"" + id + "\"}"))
                .startsWith("id: ");
    }

    @Test
    void an_unknown_tool_is_an_error_of_the_protocol() {
        assertThatExceptionOfType(McpError.class)
                .isThrownBy(() -> client("una").callTool(new CallToolRequest("eat_task", Map.of(), null)))
                .satisfies(error -> assertThat(error.getJsonRpcError().code()).isEqualTo(-32602))
                .withMessageContaining("eat_task");
    }

    static Stream<Arguments> badInputs() {
        String task = "/tasks/" + ID;
        String at = "\"id\": \"" + ID + "\"";
        return Stream.of(
                arguments("add_task", "{}", "POST", "/tasks", "{}", "title"),
                twin("add_task", "{\"title\": \" \"}", "POST", "/tasks", "title"),
                twin("add_task", "{\"title\": null}", "POST", "/tasks", "title"),
                twin("add_task", "{\"title\": 5}", "POST", "/tasks", "title"),
                twin("add_task", "{\"title\": \"a\\u0000\"}", "POST", "/tasks", "title"),
                twin("add_task", "{\"title\": \"a\\u0085\"}", "POST", "/tasks", "title"),
                twin("add_task", "{\"title\": \"" + "x".repeat(501) + "\"}", "POST", "/tasks", "title"),
                twin("add_task", "{\"title\": \"a\", \"description\": \"\\u0007\"}", "POST", "/tasks", "description"),
                twin("add_task", "{\"title\": \"a\", \"priority\": \"urgent\"}", "POST", "/tasks", "priority"),
                twin("add_task", "{\"title\": \"a\", \"due_date\": \"tomorrow\"}", "POST", "/tasks", "due_date"),
                twin("add_task", "{\"title\": \"a\", \"due_date\": \"2026-02-30\"}", "POST", "/tasks", "due_date"),
                twin(
                        "add_task",
                        "{\"title\": \"a\", \"remind_at\": \"2026-12-01T09:00:00Z\"}",
                        "POST",
                        "/tasks",
                        "remind_at"),
                twin("add_task", "{\"title\": \"a\", \"id\": \"1\"}", "POST", "/tasks", "id"),
                twin("add_task", "{\"title\": \"a\", \"completed\": true}", "POST", "/tasks", "completed"),
                twin("add_task", "{\"title\": \"a\", \"titel\": \"b\"}", "POST", "/tasks", "titel"),
                arguments("update_task", "{\"id\": \"1\"}", "PATCH", "/tasks/1", "{}", "id"),
                arguments("update_task", "{" + at + ", \"title\": null}", "PATCH", task, "{\"title\": null}", "title"),
                arguments(
                        "update_task", "{" + at + ", \"revision\": 5}", "PATCH", task, "{\"revision\": 5}", "revision"),
                arguments("complete_task", "{\"id\": \"1\"}", "POST", "/tasks/1/complete", "", "id"),
                arguments("uncomplete_task", "{\"id\": \"1\"}", "POST", "/tasks/1/uncomplete", "", "id"),
                arguments("delete_task", "{\"id\": \"1\"}", "DELETE", "/tasks/1", "", "id"),
                arguments("clear_completed", "{\"x\": 1}", "DELETE", "/tasks?completed=true&x=1", "", "x"),
                arguments("list_tasks", "{\"limit\": 0}", "GET", "/tasks?limit=0", "", "limit"),
                arguments("list_tasks", "{\"limit\": 501}", "GET", "/tasks?limit=501", "", "limit"),
                arguments("list_tasks", "{\"limit\": 1.5}", "GET", "/tasks?limit=1.5", "", "limit"),
                arguments("list_tasks", "{\"limit\": 1e999}", "GET", "/tasks?limit=1e999", "", "limit"),
                arguments("list_tasks", "{\"completed\": \"yes\"}", "GET", "/tasks?completed=yes", "", "completed"),
                arguments("list_tasks", "{\"sort\": \"title\"}", "GET", "/tasks?sort=title", "", "sort"),
                arguments("list_tasks", "{\"cursor\": \"x\"}", "GET", "/tasks?cursor=x", "", "cursor"),
                arguments(
                        "list_tasks",
                        "{\"due_before\": \"0000-01-01\"}",
                        "GET",
                        "/tasks?due_before=0000-01-01",
                        "",
                        "due_before"),
                arguments("list_tasks", "{\"q\": \"\"}", "GET", "/tasks?q=", "", "q"),
                arguments("list_tasks", "{\"colour\": \"red\"}", "GET", "/tasks?colour=red", "", "colour"));
    }

    private static Arguments twin(String tool, String input, String method, String path, String field) {
        return arguments(tool, input, method, path, input, field);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badInputs")
    void what_rest_refuses_the_tool_refuses_for_the_same_field(
            String tool, String input, String method, String path, String body, String field) {
        assertThat(api.send("bad", method, path, body).fields()).containsExactly(field);

        assertThat(failed(client("bad"), tool, input)).startsWith(field + ": ").doesNotContain("\n");
    }

    @Test
    void all_faults_are_told_at_once() {
        assertThat(failed(client("bad"), "add_task", "{\"id\": 1, \"priority\": \"x\"}")
                        .lines())
                .extracting(line -> line.substring(0, line.indexOf(':')))
                .containsExactlyInAnyOrder("id", "priority", "title");
    }

    @Test
    void each_tool_leaves_the_same_in_the_outbox_as_its_twin() throws Exception {
        String full = "{\"id\": \"" + ID + "\", \"title\": \"a\", \"due_date\": \"2026-12-01\","
                + " \"remind_at\": \"2026-12-01T09:00:00+01:00\", \"priority\": \"high\"}";
        String task = "/tasks/" + ID;
        List<Response> byRest = List.of(
                api.send("rest", "POST", "/tasks", full),
                api.send("rest", "POST", "/tasks", full),
                api.send("rest", "PATCH", task, "{\"due_date\": null}"),
                api.send("rest", "POST", task + "/complete", ""),
                api.send("rest", "POST", task + "/complete", ""),
                api.send("rest", "POST", task + "/uncomplete", ""),
                api.send("rest", "DELETE", task, ""),
                api.send("rest", "POST", "/tasks", "{\"title\": \"b\"}"));
        String second = byRest.get(7).json().get("id").asText();
        api.send("rest", "POST", "/tasks/" + second + "/complete", "");
        api.send("rest", "DELETE", "/tasks?completed=true", "");

        McpSyncClient client = client("mcp");
        done(client, "add_task", full);
        done(client, "add_task", full);
        done(client, "update_task", "{\"id\": \"" + ID + "\", \"due_date\": null}");
        done(client, "complete_task", id(ID));
        done(client, "complete_task", id(ID));
        done(client, "uncomplete_task", id(ID));
        done(client, "delete_task", id(ID));
        done(client, "add_task", "{\"title\": \"b\", \"id\": \"" + second + "\"}");
        done(client, "complete_task", id(second));
        done(client, "clear_completed", "{}");

        assertThat(outbox("mcp")).hasSize(8).isEqualTo(outbox("rest"));
    }

    @Test
    void the_events_of_a_call_carry_the_correlation_id_of_its_request() throws Exception {
        String call = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": "
                + "{\"name\": \"add_task\", \"arguments\": {\"title\": \"a\"}}}";

        Response answer = api.send("carl", "POST", "/mcp", call, "X-Correlation-Id", "from-the-assistant");

        assertThat(answer.header("X-Correlation-Id")).isEqualTo("from-the-assistant");
        assertThat(rows("carl"))
                .extracting(row -> row.getString("correlation_id"))
                .containsExactly("from-the-assistant");
    }

    /** All that events are made of, but for what differs by nature. */
    private static List<Map<String, Object>> outbox(String user) throws Exception {
        List<Map<String, Object>> events = new ArrayList<>();
        for (Row row : rows(user)) {
            assertThat(row.getString("correlation_id")).hasSize(36);
            assertThat(row.getString("traceparent")).startsWith("00-");
            events.add(Map.of(
                    "revision", row.getLong("revision"),
                    "before", timeless((JsonObject) row.getJson("before")),
                    "after", timeless((JsonObject) row.getJson("after"))));
        }
        return events;
    }

    private static RowSet<Row> rows(String user) throws Exception {
        Pool pool = api.database.pool(api.vertx);
        RowSet<Row> rows = pool.preparedQuery("SELECT * FROM outbox WHERE user_id = $1 ORDER BY revision")
                .execute(Tuple.of(user))
                .await(10, TimeUnit.SECONDS);
        pool.close().await(10, TimeUnit.SECONDS);
        return rows;
    }

    private static Object timeless(JsonObject task) {
        if (task == null) {
            return "none";
        }
        JsonObject copy = task.copy();
        copy.remove("user_id");
        for (String time : List.of("created_at", "updated_at", "completed_at")) {
            if (copy.getValue(time) != null) {
                copy.put(time, "*");
            }
        }
        return copy;
    }

    /** A client that has shaken hands; its results are held to the schemas that the tools publish. */
    private static McpSyncClient client(String user) {
        McpSyncClient client = McpClient.sync(
                        HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + api.api.httpPort())
                                .endpoint("/mcp")
                                .addHttpRequestCustomizer((request, method, uri, body, context) ->
                                        request.header("Authorization", "Bearer " + TestTokens.sign(user)))
                                .build())
                .enableCallToolSchemaCaching(true)
                .build();
        client.initialize();
        clients.add(client);
        return client;
    }

    private static JsonNode done(McpSyncClient client, String tool, String input) {
        CallToolResult result = call(client, tool, input);
        assertThat(result.isError()).as(text(result)).isNotEqualTo(true);
        JsonNode structured = MAPPER.valueToTree(result.structuredContent());
        assertThat(json(text(result))).isEqualTo(json(structured.toString()));
        return json(structured.toString());
    }

    private static String failed(McpSyncClient client, String tool, String input) {
        CallToolResult result = call(client, tool, input);
        assertThat(result.isError()).as(text(result)).isTrue();
        assertThat(result.structuredContent()).isNull();
        return text(result);
    }

    private static CallToolResult call(McpSyncClient client, String tool, String input) {
        return client.callTool(CallToolRequest.builder(tool)
                .arguments(MAPPER.convertValue(json(input), new TypeReference<Map<String, Object>>() {}))
                .build());
    }

    private static String text(CallToolResult result) {
        assertThat(result.content()).hasSize(1);
        return ((TextContent) result.content().get(0)).text();
    }

    private static String id(String id) {
        return "{\"id\": \"" + id + "\"}";
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(text, notJson);
        }
    }
}
