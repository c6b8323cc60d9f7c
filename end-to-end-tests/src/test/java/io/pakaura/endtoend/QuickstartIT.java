package io.pakaura.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.RestClient.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through the quickstart's front door. */
class QuickstartIT {
    @TempDir
    static Path directory;

    private static RunningQuickstart quickstart;

    @BeforeAll
    static void start() throws Exception {
        quickstart = RunningQuickstart.start(directory);
    }

    @AfterAll
    static void stop() {
        quickstart.close();
    }

    @Test
    void a_change_reaches_all_sockets_of_its_user_and_nobody_else() {
        String alice = quickstart.token("alice");
        try (SyncSocket first = SyncSocket.welcomed(quickstart.port(), alice);
                SyncSocket second = SyncSocket.welcomed(quickstart.port(), alice);
                SyncSocket bob = SyncSocket.welcomed(quickstart.port(), quickstart.token("bob"))) {
            JsonNode task =
                    send(alice, "POST", "/tasks", "{\"title\": \"Buy milk\"}").json();
            String path = "/tasks/" + task.get("id").asText();
            send(alice, "PATCH", path, "{\"title\": \"Buy oat milk\"}");
            send(alice, "POST", path + "/complete", "");
            send(alice, "DELETE", path, "");

            for (SyncSocket socket : List.of(first, second)) {
                Await.until(() -> socket.revisions().size() == 4);
                assertThat(socket.revisions()).containsExactly(1L, 2L, 3L, 4L);
                List<JsonNode> messages = socket.ofType("sync.task");
                assertThat(messages.get(0).get("data").get("task")).isEqualTo(task);
                assertThat(messages.stream()
                                .map(message ->
                                        message.get("data").get("action").asText()))
                        .containsExactly("created", "updated", "completed", "deleted");
                assertThat(messages.get(3).get("data").has("task")).isFalse();
            }
            assertThat(bob.revisions()).isEmpty();
        }
    }

    @Test
    void the_correlation_id_of_a_request_is_in_its_event() {
        String carol = quickstart.token("carol");
        try (SyncSocket socket = SyncSocket.welcomed(quickstart.port(), carol)) {
            quickstart.client().send(carol, "POST", "/tasks", "{\"title\": \"a\"}", "X-Correlation-Id", "mine-1");

            Await.until(() -> !socket.revisions().isEmpty());
            assertThat(socket.ofType("sync.task").get(0).get("traceid").asText())
                    .isEqualTo("mine-1");
        }
    }

    @Test
    void what_an_assistant_changes_by_mcp_is_pushed_like_any_other_change() {
        String erin = quickstart.token("erin");
        try (SyncSocket socket = SyncSocket.welcomed(quickstart.port(), erin)) {
            String call = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\":"
                    + " {\"name\": \"add_task\", \"arguments\": {\"title\": \"Buy milk\"}}}";
            String ourPage = "http://localhost:" + quickstart.port();

            Response answer = quickstart.client().send(erin, "POST", "/mcp", call, "Origin", ourPage);

            Await.until(() -> !socket.revisions().isEmpty());
            assertThat(socket.ofType("sync.task").get(0).at("/data/task"))
                    .isEqualTo(answer.json().at("/result/structuredContent"));
        }
    }

    @Test
    void eight_writers_at_once_lose_no_event() {
        String dave = quickstart.token("dave");
        try (SyncSocket socket = SyncSocket.welcomed(quickstart.port(), dave)) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                writers.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 25; i++) {
                        assertThat(send(dave, "POST", "/tasks", "{\"title\": \"t\"}")
                                        .status())
                                .isEqualTo(201);
                    }
                }));
            }
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();

            Await.until(() -> socket.revisions().stream().distinct().count() == 200);
            assertThat(socket.revisions())
                    .hasSameElementsAs(LongStream.rangeClosed(1, 200).boxed().toList());
        }
    }

    @Test
    void the_page_and_the_contract_are_behind_one_door() {
        Response page =
                quickstart.client().send(quickstart.client().request("/").GET());
        Response contract = quickstart
                .client()
                .send(quickstart.client().request("/openapi.json").GET());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.http().body()).contains("<title>");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'");
        assertThat(contract.json().get("paths").has("/tasks")).isTrue();
    }

    @Test
    void a_demo_sign_in_without_a_name_is_told_so() {
        for (String body : List.of("", "{}", "[]", "{\"user\": 5}", "{\"user\": \" \"}", "nonsense")) {
            Response refused = quickstart
                    .client()
                    .send(quickstart.client().request("/demo/token").POST(BodyPublishers.ofString(body)));
            assertThat(refused.status()).as(body).isEqualTo(400);
            assertThat(refused.fields()).containsExactly("user");
        }
    }

    private static Response send(String token, String method, String path, String body) {
        return quickstart.client().send(token, method, path, body);
    }
}
