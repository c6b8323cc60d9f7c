package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.publisher.testing.RestClient.Response;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events are on, and their sidecar is never there: the outbox keeps all that was written, to be counted. */
class ConcurrentWritersIT {
    private static final int WRITERS = 8;
    private static ApiFixture api;
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

    @BeforeAll
    static void start() {
        api = new ApiFixture(Map.of("DAPR_ENABLED", "true", "DAPR_HTTP_PORT", "9", "LOG_LEVEL", "ERROR"));
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
    }

    @Test
    void revisions_have_no_gap_and_each_has_its_outbox_row() throws Exception {
        String user = "busy";
        List<String> shared = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            shared.add(
                    create(user, UUID.randomUUID().toString()).json().get("id").asText());
        }
        Queue<Integer> unexpected = new ConcurrentLinkedQueue<>();

        inParallel(writer -> {
            Random random = new Random(writer);
            for (int i = 0; i < 60; i++) {
                Response response = anyWrite(user, shared.get(random.nextInt(shared.size())), random);
                if (response.status() >= 500) {
                    unexpected.add(response.status());
                }
            }
        });

        assertThat(unexpected).isEmpty();
        long revision = api.send(user, "GET", "/tasks?limit=1", "")
                .json()
                .get("revision")
                .asLong();
        assertThat(revision).isGreaterThan(100);
        assertThat(outboxRevisions(user))
                .isEqualTo(LongStream.rangeClosed(1, revision).boxed().toList());
        assertThat(stateByDelta(user)).isEqualTo(stateByList(user));
    }

    @Test
    void one_id_that_all_writers_bring_is_one_task() throws Exception {
        for (int round = 0; round < 10; round++) {
            String id = UUID.randomUUID().toString();
            Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

            inParallel(writer -> statuses.add(create("retrying", id).status()));

            assertThat(statuses).containsOnlyOnce(201).hasSize(WRITERS);
            assertThat(statuses.stream().filter(status -> status == 200)).hasSize(WRITERS - 1);
        }
        assertThat(outboxRevisions("retrying"))
                .isEqualTo(LongStream.rangeClosed(1, 10).boxed().toList());
    }

    @Test
    void a_late_retry_never_brings_a_deleted_task_back() throws Exception {
        for (int round = 0; round < 30; round++) {
            String id = UUID.randomUUID().toString();
            create("deleting", id);

            inParallel(writer -> {
                if (writer == 0) {
                    api.send("deleting", "DELETE", "/tasks/" + id, "");
                } else {
                    create("deleting", id);
                }
            });

            assertThat(api.send("deleting", "GET", "/tasks/" + id, "").status()).isEqualTo(404);
        }
    }

    private static Response anyWrite(String user, String shared, Random random) {
        String task = "/tasks/" + shared;
        return switch (random.nextInt(7)) {
            case 0, 1 -> create(user, UUID.randomUUID().toString());
            case 2 -> api.send(user, "PATCH", task, "{\"title\": \"" + random.nextInt(4) + "\"}");
            case 3 -> api.send(user, "POST", task + "/complete", "");
            case 4 -> api.send(user, "POST", task + "/uncomplete", "");
            case 5 -> api.send(user, "DELETE", random.nextInt(20) == 0 ? task : "/tasks/" + UUID.randomUUID(), "");
            default ->
                random.nextInt(10) == 0
                        ? api.send(user, "DELETE", "/tasks?completed=true", "")
                        : api.send(user, "PATCH", task, "{\"priority\": \"low\"}", "If-Match", "\"1\"");
        };
    }

    private static Response create(String user, String id) {
        return api.send(user, "POST", "/tasks", "{\"id\": \"%s\", \"title\": \"t\"}".formatted(id));
    }

    /** What the writer of a number does. */
    private interface Writer {
        void write(int number);
    }

    private void inParallel(Writer writer) throws Exception {
        List<Callable<Void>> all = new ArrayList<>();
        for (int number = 0; number < WRITERS; number++) {
            int mine = number;
            all.add(() -> {
                writer.write(mine);
                return null;
            });
        }
        for (Future<Void> done : writers.invokeAll(all, 120, TimeUnit.SECONDS)) {
            done.get();
        }
    }

    private static List<Long> outboxRevisions(String user) throws Exception {
        Pool pool = api.database.pool(api.vertx);
        List<Long> revisions = new ArrayList<>();
        for (Row row : pool.query("SELECT revision FROM outbox WHERE user_id = '" + user + "' ORDER BY revision")
                .execute()
                .await(10, TimeUnit.SECONDS)) {
            revisions.add(row.getLong(0));
        }
        pool.close().await(10, TimeUnit.SECONDS);
        return revisions;
    }

    private static Map<String, JsonNode> stateByList(String user) {
        JsonNode tasks =
                api.send(user, "GET", "/tasks?limit=500&sort=id", "").json().get("tasks");
        return byId(tasks);
    }

    private static Map<String, JsonNode> stateByDelta(String user) {
        JsonNode changes =
                api.send(user, "GET", "/tasks/changes?since=0&limit=500", "").json();
        return byId(changes.get("tasks"));
    }

    private static Map<String, JsonNode> byId(JsonNode tasks) {
        Map<String, JsonNode> byId = new java.util.TreeMap<>();
        tasks.forEach(task -> byId.put(task.get("id").asText(), task));
        return byId;
    }
}
