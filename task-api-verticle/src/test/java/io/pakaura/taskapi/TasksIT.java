package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.publisher.testing.RestClient.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TasksIT {
    private static ApiFixture api;
    private final String user = "user-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        api = new ApiFixture(Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    @Test
    void a_new_task_is_answered_as_it_was_stored() {
        Response created = post(
                """
                {"title": "  Call the dentist ", "description": "a\\nb", "priority": "high",
                 "due_date": "2026-12-01", "remind_at": "2026-12-01T09:00:00.1239+01:00"}""");

        assertThat(created.status()).isEqualTo(201);
        JsonNode task = created.json();
        assertThat(task.get("title").asText()).isEqualTo("Call the dentist");
        assertThat(task.get("remind_at").asText()).isEqualTo("2026-12-01T08:00:00.123Z");
        assertThat(task.get("completed").asBoolean()).isFalse();
        assertThat(task.get("completed_at").isNull()).isTrue();
        assertThat(task.get("revision").asLong()).isEqualTo(1);
        assertThat(Instant.parse(task.get("created_at").asText()))
                .isBeforeOrEqualTo(Instant.now().plusMillis(1));
        assertThat(created.header("Location"))
                .isEqualTo("/tasks/" + task.get("id").asText());
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.header("Sync-Revision")).isEqualTo("1");
        assertThat(UUID.fromString(created.header("Sync-Epoch"))).isNotNull();
        assertThat(get("/tasks/" + task.get("id").asText()).json()).isEqualTo(task);
    }

    @Test
    void the_same_own_id_twice_is_one_task() {
        String id = UUID.randomUUID().toString();
        post("{\"id\": \"%s\", \"title\": \"first\"}".formatted(id));

        Response again = post("{\"id\": \"%s\", \"title\": \"second\"}".formatted(id));

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().get("title").asText()).isEqualTo("first");
        assertThat(again.header("Sync-Revision")).isEqualTo("1");
    }

    @Test
    void an_id_that_was_deleted_is_gone_for_good() {
        String id = UUID.randomUUID().toString();
        post("{\"id\": \"%s\", \"title\": \"first\"}".formatted(id));
        send("DELETE", "/tasks/" + id, "");

        Response late = post("{\"id\": \"%s\", \"title\": \"first\"}".formatted(id));

        assertThat(late.status()).isEqualTo(410);
        assertThat(get("/tasks/" + id).status()).isEqualTo(404);
    }

    @Test
    void another_user_with_the_same_id_gets_a_task_of_their_own() {
        String id = UUID.randomUUID().toString();
        post("{\"id\": \"%s\", \"title\": \"mine\"}".formatted(id));
        String other = "other-" + user;

        Response theirs = api.send(other, "POST", "/tasks", "{\"id\": \"%s\", \"title\": \"theirs\"}".formatted(id));

        assertThat(theirs.status()).isEqualTo(201);
        assertThat(theirs.header("Sync-Revision")).isEqualTo("1");
        assertThat(api.send(other, "DELETE", "/tasks/" + id, "").status()).isEqualTo(204);
        assertThat(get("/tasks/" + id).json().get("title").asText()).isEqualTo("mine");
    }

    @Test
    void a_task_of_somebody_else_is_not_found() {
        String id = newTask("mine");

        for (String method : List.of("GET", "DELETE")) {
            assertThat(api.send("other-" + user, method, "/tasks/" + id, "").status())
                    .isEqualTo(404);
        }
        assertThat(api.send("other-" + user, "PATCH", "/tasks/" + id, "{\"title\": \"x\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_patch_sets_what_it_names_and_null_removes() {
        String id = newTask("a");
        patch(id, "{\"description\": \"d\", \"due_date\": \"2026-12-01\", \"priority\": \"low\"}");

        JsonNode task = patch(id, "{\"description\": null}").json();

        assertThat(task.get("description").isNull()).isTrue();
        assertThat(task.get("due_date").asText()).isEqualTo("2026-12-01");
        assertThat(task.get("priority").asText()).isEqualTo("low");
        assertThat(task.get("revision").asLong()).isEqualTo(3);
    }

    @Test
    void a_merge_patch_may_say_so_in_its_media_type() {
        String id = newTask("a");

        Response patched =
                send("PATCH", "/tasks/" + id, "{\"title\": \"b\"}", "Content-Type", "application/merge-patch+json");

        assertThat(patched.status()).isEqualTo(200);
    }

    @Test
    void removing_the_due_date_removes_the_reminder() {
        String id = newTask("a");
        patch(id, "{\"due_date\": \"2026-12-01\", \"remind_at\": \"2026-12-01T09:00:00Z\"}");

        assertThat(patch(id, "{\"due_date\": null}").json().get("remind_at").isNull())
                .isTrue();
    }

    @Test
    void a_reminder_needs_a_due_date_even_in_a_patch() {
        Response refused = patch(newTask("a"), "{\"remind_at\": \"2026-12-01T09:00:00Z\"}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly("remind_at");
    }

    @Test
    void what_changes_nothing_makes_no_revision() {
        String id = newTask("a");

        assertThat(patch(id, "{\"title\": \" a \"}").header("Sync-Revision")).isEqualTo("1");
        assertThat(patch(id, "{}").header("Sync-Revision")).isEqualTo("1");
        assertThat(send("POST", "/tasks/" + id + "/uncomplete", "").header("Sync-Revision"))
                .isEqualTo("1");
    }

    @Test
    void completing_twice_is_once() {
        String id = newTask("a");

        Response first = send("POST", "/tasks/" + id + "/complete", "");
        Response second = send("POST", "/tasks/" + id + "/complete", "");

        assertThat(first.json().get("completed").asBoolean()).isTrue();
        assertThat(first.json().get("completed_at").isNull()).isFalse();
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(send("POST", "/tasks/" + id + "/uncomplete", "")
                        .json()
                        .get("completed_at")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_stale_if_match_changes_nothing() {
        String id = newTask("a");
        patch(id, "{\"title\": \"b\"}");

        for (Response stale : List.of(
                send("PATCH", "/tasks/" + id, "{\"title\": \"c\"}", "If-Match", "\"1\""),
                send("POST", "/tasks/" + id + "/complete", "", "If-Match", "W/\"2\""),
                send("DELETE", "/tasks/" + id, "", "If-Match", "\"1\", \"other\""))) {
            assertThat(stale.status()).isEqualTo(412);
            assertThat(stale.header("ETag")).isEqualTo("\"2\"");
        }
        assertThat(send("PATCH", "/tasks/" + id, "{\"title\": \"c\"}", "If-Match", "\"1\", \"2\"")
                        .status())
                .isEqualTo(200);
        assertThat(send("DELETE", "/tasks/" + id, "", "If-Match", "*").status()).isEqualTo(204);
    }

    @Test
    void a_known_entity_tag_is_answered_with_304() {
        String id = newTask("a");

        assertThat(send("GET", "/tasks/" + id, "", "If-None-Match", "W/\"1\"").status())
                .isEqualTo(304);
        assertThat(send("GET", "/tasks/" + id, "", "If-None-Match", "\"0\"").status())
                .isEqualTo(200);
    }

    @Test
    void clearing_deletes_the_completed_and_counts_each() {
        newTask("stays");
        for (int i = 0; i < 3; i++) {
            send("POST", "/tasks/" + newTask("goes") + "/complete", "");
        }

        Response cleared = send("DELETE", "/tasks?completed=true", "");

        assertThat(cleared.json().get("deleted").asInt()).isEqualTo(3);
        assertThat(cleared.json().get("revision").asInt()).isEqualTo(10);
        assertThat(cleared.header("Sync-Revision")).isEqualTo("10");
        assertThat(send("DELETE", "/tasks?completed=true", "")
                        .json()
                        .get("revision")
                        .asInt())
                .isEqualTo(10);
        assertThat(get("/tasks").json().get("tasks")).hasSize(1);
    }

    @Test
    void a_clear_of_more_than_one_batch_deletes_all() throws Exception {
        var pool = api.database.pool(api.vertx);
        pool.query(
                        """
                        INSERT INTO tasks (user_id, id, title, completed, completed_at, priority, created_at, updated_at, revision)
                        SELECT '%1$s', gen_random_uuid(), 't', true, now(), 'none', now(), now(), n FROM generate_series(1, 1203) n;
                        INSERT INTO user_revisions VALUES ('%1$s', 1203);
                        """
                                .formatted(user))
                .execute()
                .await(10, java.util.concurrent.TimeUnit.SECONDS);

        Response cleared = send("DELETE", "/tasks?completed=true", "");

        assertThat(cleared.json().get("deleted").asInt()).isEqualTo(1203);
        assertThat(cleared.json().get("revision").asInt()).isEqualTo(2406);
        List<Long> revisions = new ArrayList<>();
        long since = 1203;
        for (boolean more = true; more; ) {
            JsonNode page = get("/tasks/changes?since=" + since + "&limit=500").json();
            page.get("deleted")
                    .forEach(deleted -> revisions.add(deleted.get("revision").asLong()));
            since = page.get("revision").asLong();
            more = page.get("has_more").asBoolean();
        }
        assertThat(revisions).hasSize(1203).isSorted().doesNotHaveDuplicates();
        pool.close().await(10, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Test
    void pages_follow_each_other_in_every_order() {
        for (int i = 0; i < 7; i++) {
            newTask("task " + i);
        }
        for (String sort : List.of("id", "-id", "created_at", "-created_at")) {
            List<String> ids = new ArrayList<>();
            String cursor = "";
            do {
                JsonNode page = get("/tasks?limit=3&sort=" + sort + cursor).json();
                page.get("tasks").forEach(task -> ids.add(task.get("id").asText()));
                cursor = page.get("next_cursor").isNull()
                        ? ""
                        : "&cursor=" + page.get("next_cursor").asText();
            } while (!cursor.isEmpty());
            assertThat(ids).as(sort).hasSize(7).doesNotHaveDuplicates();
            if (sort.endsWith("id")) {
                assertThat(ids).isSortedAccordingTo(sort.equals("id") ? String::compareTo : (a, b) -> b.compareTo(a));
            }
        }
    }

    @Test
    void a_cursor_belongs_to_its_order_and_cannot_be_edited() {
        newTask("a");
        newTask("b");
        String cursor = get("/tasks?limit=1&sort=id").json().get("next_cursor").asText();

        assertThat(get("/tasks?sort=-id&cursor=" + cursor).fields()).containsExactly("cursor");
        assertThat(get("/tasks?sort=id&cursor=" + cursor.replaceAll("(.{12}).", "$1_"))
                        .fields())
                .containsExactly("cursor");
    }

    @Test
    void the_delta_tells_each_change_once_and_in_order() {
        String kept = newTask("kept");
        String gone = newTask("gone");
        patch(kept, "{\"title\": \"renamed\"}");
        send("DELETE", "/tasks/" + gone, "");

        JsonNode all = get("/tasks/changes?since=0").json();

        assertThat(all.get("revision").asLong()).isEqualTo(4);
        assertThat(all.get("has_more").asBoolean()).isFalse();
        assertThat(all.get("tasks")).hasSize(1);
        assertThat(all.get("tasks").get(0).get("revision").asLong()).isEqualTo(3);
        assertThat(all.get("deleted").get(0).get("id").asText()).isEqualTo(gone);
        assertThat(get("/tasks/changes?since=4").json().get("tasks")).isEmpty();
        assertThat(get("/tasks/changes?since=5").status()).isEqualTo(410);
    }

    @Test
    void a_page_of_the_delta_ends_at_its_last_revision() {
        for (int i = 0; i < 5; i++) {
            newTask("task " + i);
        }

        JsonNode page = get("/tasks/changes?since=1&limit=2").json();

        assertThat(page.get("has_more").asBoolean()).isTrue();
        assertThat(page.get("revision").asLong()).isEqualTo(3);
        assertThat(get("/tasks/changes?since=3&limit=2").json().get("has_more").asBoolean())
                .isFalse();
    }

    @Test
    void a_delta_from_before_what_is_kept_is_gone() throws Exception {
        newTask("a");
        newTask("b");
        var pool = api.database.pool(api.vertx);
        pool.query("UPDATE user_revisions SET min_revision = 2 WHERE user_id = '" + user + "'")
                .execute()
                .await(10, java.util.concurrent.TimeUnit.SECONDS);

        assertThat(get("/tasks/changes?since=1").status()).isEqualTo(410);
        assertThat(get("/tasks/changes?since=2").status()).isEqualTo(200);
        pool.close().await(10, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Test
    void a_user_without_tasks_has_an_empty_page_at_revision_0() {
        JsonNode page = get("/tasks").json();

        assertThat(page.get("tasks")).isEmpty();
        assertThat(page.get("revision").asLong()).isZero();
        assertThat(page.get("next_cursor").isNull()).isTrue();
        assertThat(get("/tasks/changes?since=0").status()).isEqualTo(200);
    }

    @Test
    void a_sane_correlation_id_comes_back_and_another_is_replaced() {
        assertThat(send("GET", "/tasks", "", "X-Correlation-Id", "my-id.1").header("X-Correlation-Id"))
                .isEqualTo("my-id.1");
        assertThat(send("GET", "/tasks", "", "X-Correlation-Id", "my id").header("X-Correlation-Id"))
                .hasSize(36);
        assertThat(send("GET", "/nowhere", "", "X-Correlation-Id", "x")
                        .json()
                        .get("correlation_id")
                        .asText())
                .isEqualTo("x");
    }

    @Test
    void the_contract_is_served_without_a_token() {
        Response contract = api.send(api.request("/openapi.json").GET());

        assertThat(contract.status()).isEqualTo(200);
        assertThat(contract.json().get("openapi").asText()).startsWith("3.1");
    }

    private String newTask(String title) {
        return post("{\"title\": \"%s\"}".formatted(title)).json().get("id").asText();
    }

    private Response post(String body) {
        return send("POST", "/tasks", body);
    }

    private Response patch(String id, String body) {
        return send("PATCH", "/tasks/" + id, body);
    }

    private Response get(String path) {
        return send("GET", path, "");
    }

    private Response send(String method, String path, String body, String... headers) {
        return api.send(user, method, path, body, headers);
    }
}
