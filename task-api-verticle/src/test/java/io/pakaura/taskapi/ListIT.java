package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pakaura.taskapi.postgres.ListPlans;
import io.pakaura.taskapi.task.TaskQuery.Sort;
import io.pakaura.taskapi.task.TaskQuery.SortColumn;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListIT {
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
    void due_dates_filter_by_earlier_and_later_days() {
        add("first", "2026-12-01");
        add("second", "2026-12-02");
        add("third", "2026-12-03");
        add("some day", null);

        assertThat(titles("?due_before=2026-12-02")).containsExactly("first");
        assertThat(titles("?due_after=2026-12-02")).containsExactly("third");
        assertThat(titles("?due_after=2026-12-01&due_before=2026-12-03")).containsExactly("second");
    }

    @Test
    void a_page_of_very_long_texts_ends_early_and_says_so_and_so_does_a_delta() {
        String longest = "\ud83d\ude00".repeat(10_000);
        for (int i = 0; i < 130; i++) {
            String body = "{\"title\": \"a\", \"description\": \"" + longest + "\"}";
            assertThat(api.send(user, "POST", "/tasks", body).status()).isEqualTo(201);
        }

        JsonNode first = api.send(user, "GET", "/tasks?limit=500", "").json();
        assertThat(first.get("tasks").size()).isBetween(100, 110);
        String next = "/tasks?limit=500&cursor=" + first.get("next_cursor").asText();
        JsonNode second = api.send(user, "GET", next, "").json();
        assertThat(first.get("tasks").size() + second.get("tasks").size()).isEqualTo(130);
        assertThat(second.get("next_cursor").isNull()).isTrue();

        JsonNode delta =
                api.send(user, "GET", "/tasks/changes?since=0&limit=500", "").json();
        assertThat(delta.get("has_more").asBoolean()).isTrue();
        assertThat(delta.get("revision").asLong()).isEqualTo(delta.get("tasks").size());
        JsonNode rest = api.send(
                        user,
                        "GET",
                        "/tasks/changes?since=" + delta.get("revision").asText(),
                        "")
                .json();
        assertThat(rest.get("has_more").asBoolean()).isFalse();
        assertThat(delta.get("tasks").size() + rest.get("tasks").size()).isEqualTo(130);
    }

    @Test
    void completed_filters_both_ways_and_together_with_others() {
        String done = add("done", "2026-12-01");
        add("open", "2026-12-01");
        api.send(user, "POST", "/tasks/" + done + "/complete", "");

        assertThat(titles("?completed=true")).containsExactly("done");
        assertThat(titles("?completed=false&due_before=2026-12-02&q=PE")).containsExactly("open");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "milk, Buy MILK", "ÄRGER, Viel Ärger", "ärger, Viel Ärger", "100%, 100% sure", "a_b, a_b",
                "1.50, Costs 1.50", "\\, back\\slash", "😀, ok 😀", "ПРИВЕТ, привет", "' OR true, it's ' OR true"
            })
    void q_is_a_part_of_the_title_letter_case_aside_and_nothing_else(String part, String title) {
        add(title, null);
        add("another", null);

        assertThat(titles("?q=" + URLEncoder.encode(part, StandardCharsets.UTF_8)))
                .containsExactly(title);
    }

    @Test
    void q_looks_into_descriptions_too_and_its_signs_mean_themselves() {
        ObjectNode task =
                JsonNodeFactory.instance.objectNode().put("title", "a").put("description", "Überall\nSuchen");
        api.send(user, "POST", "/tasks", task.toString());
        add("xyz", null);

        assertThat(titles("?q=%C3%BCBERALL")).containsExactly("a");
        assertThat(titles("?q=%25")).isEmpty();
        assertThat(titles("?q=_")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"due_date", "-due_date"})
    void by_due_date_those_without_one_come_last_either_way(String sort) {
        for (String due : new String[] {"2026-12-03", null, "2026-12-01", "2026-12-01", null, "2026-12-02", null}) {
            add("due " + due, due);
        }
        List<String> titles = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list("?limit=2&sort=" + sort + cursor);
            page.get("tasks").forEach(task -> titles.add(task.get("title").asText()));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asText();
        } while (!cursor.isEmpty());

        List<String> dated =
                new ArrayList<>(List.of("due 2026-12-01", "due 2026-12-01", "due 2026-12-02", "due 2026-12-03"));
        if (sort.startsWith("-")) {
            java.util.Collections.reverse(dated);
        }
        dated.addAll(List.of("due null", "due null", "due null"));
        assertThat(titles).isEqualTo(dated);
    }

    /** Every page is read straight off an index, in its order: nothing is sorted, and nothing read that is not shown. */
    @Test
    void a_page_of_100_000_tasks_costs_no_more_than_a_page_of_ten() throws Exception {
        Pool pool = api.database.pool(api.vertx);
        pool.query(
                        """
                        INSERT INTO tasks (user_id, id, title, completed, priority, due_date, created_at, updated_at, revision)
                        SELECT '%s', gen_random_uuid(), 'task ' || n, false, 'none',
                               CASE WHEN n %% 3 > 0 THEN date '2026-01-01' + n %% 700 END, now() - n * interval '1 s', now(), n
                        FROM generate_series(1, 100000) n;
                        ANALYZE tasks;
                        """
                                .formatted(user))
                .execute()
                .await(60, TimeUnit.SECONDS);
        SqlConnection connection = pool.getConnection().await(10, TimeUnit.SECONDS);
        // What PostgreSQL may settle for after some runs, and the worse of the two.
        connection.query("SET plan_cache_mode = force_generic_plan").execute().await(10, TimeUnit.SECONDS);
        for (SortColumn column : SortColumn.values()) {
            for (boolean descending : new boolean[] {false, true}) {
                for (var after : ListPlans.places()) {
                    String plan = ListPlans.explain(connection, user, new Sort(column, descending), after);
                    assertThat(plan).as(plan).doesNotContain("Seq Scan on tasks");
                    assertThat(ListPlans.rowsReadFromTasks(plan)).as(plan).isLessThanOrEqualTo(101);
                }
            }
        }
        connection.close().await(10, TimeUnit.SECONDS);
        pool.close().await(10, TimeUnit.SECONDS);
    }

    private String add(String title, String dueDate) {
        ObjectNode task =
                JsonNodeFactory.instance.objectNode().put("title", title).put("due_date", dueDate);
        return api.send(user, "POST", "/tasks", task.toString())
                .json()
                .get("id")
                .asText();
    }

    private List<String> titles(String query) {
        List<String> titles = new ArrayList<>();
        list(query).get("tasks").forEach(task -> titles.add(task.get("title").asText()));
        return titles;
    }

    private JsonNode list(String query) {
        return api.send(user, "GET", "/tasks" + query, "").json();
    }
}
