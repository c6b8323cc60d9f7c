package io.pakaura.benchmarks.stand;

import io.pakaura.benchmarks.load.Request;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Requests to the task API, users taking turns. */
public final class TaskRequests {
    private static final Buffer NEW_TASK = Buffer.buffer(
            """
            {"title": "Buy milk", "description": "Two litres, and the one with the green lid", "priority": "high", \
            "due_date": "2026-12-01"}""");

    private TaskRequests() {}

    /** Makes the n-th request, counted from 0, of a user who shows an {@code Authorization}. */
    @FunctionalInterface
    public interface RequestOf {
        Request request(String authorization, long n);
    }

    /** {@code POST /tasks}, of users whose names begin with a prefix. */
    public static Supplier<Request> creations(String prefix, int users) {
        return turns(
                prefix, users, (authorization, n) -> new Request(HttpMethod.POST, "/tasks", authorization, NEW_TASK));
    }

    /** Requests of users whose names are a prefix and a number. */
    public static Supplier<Request> turns(String prefix, int users, RequestOf requests) {
        List<String> authorizations = IntStream.range(0, users)
                .mapToObj(user -> Tokens.authorization(prefix + user))
                .toList();
        AtomicLong count = new AtomicLong();
        return () -> {
            long n = count.getAndIncrement();
            return requests.request(authorizations.get((int) (n % users)), n);
        };
    }
}
