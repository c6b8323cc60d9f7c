package io.pakaura.endtoend.restart;

import io.pakaura.endtoend.system.ServiceProcess;
import io.pakaura.publisher.testing.TestTokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@value #PER_SECOND} changes a second, whatever becomes of them: each user in turn adds a task, renames it, completes it,
 * adds another and deletes the first.
 */
final class Writes {
    static final int PER_SECOND = 100;

    private static final long TICK_MS = 10;

    private final Vertx vertx;
    private final List<ServiceProcess> apis;
    private final List<String> users;
    private final WebClient http;
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, String> current = new HashMap<>();
    private final long begun = System.nanoTime();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean isStopped;

    Writes(Vertx vertx, List<ServiceProcess> apis, List<String> users) {
        this.vertx = vertx;
        this.apis = apis;
        this.users = users;
        this.http = WebClient.create(vertx);
        users.forEach(user -> tokens.put(user, TestTokens.sign(user)));
        vertx.setPeriodic(TICK_MS, this::tick);
    }

    /** See {@link #isDone}. */
    void stop() {
        isStopped = true;
    }

    /** They were stopped, and all are answered. */
    boolean isDone() {
        return isStopped && succeeded.get() + failed.get() == sent.get();
    }

    long succeeded() {
        return succeeded.get();
    }

    long failed() {
        return failed.get();
    }

    private void tick(long timer) {
        long due = (System.nanoTime() - begun) * PER_SECOND / TimeUnit.SECONDS.toNanos(1);
        while (!isStopped && sent.get() < due) {
            long number = sent.getAndIncrement();
            String user = users.get((int) (number % users.size()));
            write(user, number / users.size(), apis.get((int) (number % apis.size())));
        }
        if (isStopped) {
            vertx.cancelTimer(timer);
        }
    }

    private void write(String user, long round, ServiceProcess api) {
        change(user, round, api)
                .onSuccess(status -> (status < 300 ? succeeded : failed).incrementAndGet())
                .onFailure(lost -> failed.incrementAndGet());
    }

    private Future<Integer> change(String user, long round, ServiceProcess api) {
        return switch ((int) (round % 5)) {
            case 0 -> {
                current.put(user, UUID.randomUUID().toString());
                yield send(user, api, HttpMethod.POST, "", task(current.get(user), round));
            }
            case 1 -> send(user, api, HttpMethod.PATCH, "/" + current.get(user), new JsonObject().put("title", "b"));
            case 2 -> send(user, api, HttpMethod.POST, "/" + current.get(user) + "/complete", null);
            case 3 ->
                send(user, api, HttpMethod.POST, "", task(UUID.randomUUID().toString(), round));
            default -> send(user, api, HttpMethod.DELETE, "/" + current.get(user), null);
        };
    }

    private static JsonObject task(String id, long round) {
        return new JsonObject().put("id", id).put("title", "task of round " + round);
    }

    private Future<Integer> send(
            String user, ServiceProcess api, HttpMethod method, String path, @Nullable JsonObject body) {
        HttpRequest<Buffer> request = http.request(method, api.port(), "127.0.0.1", "/tasks" + path)
                .bearerTokenAuthentication(tokens.get(user));
        return (body == null ? request.send() : request.sendJsonObject(body)).map(answer -> answer.statusCode());
    }
}
