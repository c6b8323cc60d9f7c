package io.pakaura.benchmarks.rest;

import io.pakaura.benchmarks.load.Request;
import io.pakaura.benchmarks.stand.TaskRequests;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.UUID;
import java.util.function.Supplier;

/** The requests of the cases, users taking turns. */
final class RestRequests {
    /** Of each reader: what {@link #READERS} writes, and its revision too. */
    private static final int TASKS = 10;

    /** %1$d users with %2$d tasks each, whose ids are their numbers. */
    private static final String READERS =
            """
            INSERT INTO user_revisions (user_id, revision) SELECT 'reader-' || n, %2$d FROM generate_series(0, %1$d - 1) n;
            INSERT INTO tasks (user_id, id, title, priority, created_at, updated_at, revision)
            SELECT 'reader-' || n, lpad(to_hex(task), 32, '0')::uuid, 'Buy milk', 'none', now(), now(), task
            FROM generate_series(0, %1$d - 1) n, generate_series(1, %2$d) task
            """;

    private RestRequests() {}

    /** SQL that makes the users of the cases that read or patch. */
    static String readers(int users) {
        return READERS.formatted(users, TASKS);
    }

    /** {@code GET /tasks/changes} of users who have seen everything. */
    static Supplier<Request> nothingNew(int users) {
        return TaskRequests.turns(
                "reader-",
                users,
                (authorization, n) ->
                        new Request(HttpMethod.GET, "/tasks/changes?since=" + TASKS, authorization, null));
    }

    /** {@code GET /tasks/{id}}. */
    static Supplier<Request> readings(int users) {
        return TaskRequests.turns(
                "reader-",
                users,
                (authorization, n) -> new Request(HttpMethod.GET, path(n / users), authorization, null));
    }

    /** {@code PATCH /tasks/{id}}, each of them a change. */
    static Supplier<Request> patches(int users) {
        return TaskRequests.turns(
                "reader-",
                users,
                (authorization, n) -> new Request(
                        HttpMethod.PATCH,
                        path(n / users),
                        authorization,
                        Buffer.buffer("{\"title\": \"Buy milk, change " + n + "\"}")));
    }

    private static String path(long n) {
        return "/tasks/" + new UUID(0, 1 + n % TASKS);
    }
}
