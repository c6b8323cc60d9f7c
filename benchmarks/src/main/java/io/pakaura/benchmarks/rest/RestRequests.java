package io.pakaura.benchmarks.rest;

import io.pakaura.benchmarks.load.Request;
import io.pakaura.benchmarks.stand.Tokens;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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

    private static final Buffer NEW_TASK = Buffer.buffer(
            """
            {"title": "Buy milk", "description": "Two litres, and the one with the green lid", "priority": "high", \
            "due_date": "2026-12-01"}""");

    private RestRequests() {}

    /** SQL that makes the users of the cases that read or patch. */
    static String readers(int users) {
        return READERS.formatted(users, TASKS);
    }

    /** {@code POST /tasks}, of users whose names begin with a prefix. */
    static Supplier<Request> creations(String prefix, int users) {
        return turns(
                prefix, users, (authorization, n) -> new Request(HttpMethod.POST, "/tasks", authorization, NEW_TASK));
    }

    /** {@code GET /tasks/changes} of users who have seen everything. */
    static Supplier<Request> nothingNew(int users) {
        return turns(
                "reader-",
                users,
                (authorization, n) ->
                        new Request(HttpMethod.GET, "/tasks/changes?since=" + TASKS, authorization, null));
    }

    /** {@code GET /tasks/{id}}. */
    static Supplier<Request> readings(int users) {
        return turns(
                "reader-",
                users,
                (authorization, n) -> new Request(HttpMethod.GET, path(n / users), authorization, null));
    }

    /** {@code PATCH /tasks/{id}}, each of them a change. */
    static Supplier<Request> patches(int users) {
        return turns(
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

    @FunctionalInterface
    private interface RequestOf {
        Request request(String authorization, long n);
    }

    private static Supplier<Request> turns(String prefix, int users, RequestOf requests) {
        List<String> authorizations = IntStream.range(0, users)
                .mapToObj(user -> Tokens.authorization(prefix + user))
                .toList();
        AtomicLong count = new AtomicLong();
        LongFunction<String> turn = n -> authorizations.get((int) (n % users));
        return () -> {
            long n = count.getAndIncrement();
            return requests.request(turn.apply(n), n);
        };
    }
}
