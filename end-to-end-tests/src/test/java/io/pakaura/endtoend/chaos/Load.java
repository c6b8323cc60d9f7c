package io.pakaura.endtoend.chaos;

import io.pakaura.endtoend.system.ServiceProcess;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.TestTokens;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@value #PER_SECOND} writes a second, whatever becomes of them: an open loop, so that one slow answer does not spare the
 * service the requests behind it. Two of its users do half of all, often several things at once.
 */
final class Load implements AutoCloseable {
    static final int PER_SECOND = 200;

    private static final int USERS = 8;
    private static final long TICK_MS = 5;
    private static final long ANSWER_PATIENCE_MS = 20_000;
    private static final int MAX_CONNECTIONS = 4_000;
    private static final long PROMPT_MS = 100;
    private static final Duration CALM_PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final WebClient client = WebClient.create(
            vertx,
            new WebClientOptions(),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(0));
    private final Random random = new Random();
    private final List<String> users = new ArrayList<>();
    private final Map<String, Writer> writers = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong promptly = new AtomicLong();
    private volatile List<ServiceProcess> targets;
    private volatile boolean stopped;
    private long begun;

    /** @param users the prefix of their names */
    Load(String users, List<ServiceProcess> targets) {
        this.targets = targets;
        for (int i = 1; i <= USERS; i++) {
            String user = users + "-" + i;
            this.users.add(user);
            writers.put(user, new Writer(user, random));
            tokens.put(user, TestTokens.sign(user, Instant.now().plus(Duration.ofHours(2))));
        }
    }

    List<String> users() {
        return users;
    }

    void start() {
        context.runOnContext(started -> {
            begun = System.nanoTime();
            vertx.setPeriodic(TICK_MS, this::tick);
        });
    }

    /** From now on requests go to these. */
    void sendTo(List<ServiceProcess> apis) {
        targets = apis;
    }

    /** Returns when so much more has been written. */
    void goOn(Duration time) {
        long until = sent.get() + PER_SECOND * time.toMillis() / 1_000;
        Await.until(time.multipliedBy(2).plusSeconds(10), () -> sent.get() >= until);
    }

    /** Returns when a second's requests, one after the other, were answered as they should; or after a minute, whatever. */
    void awaitCalm() {
        promptly.set(0);
        try {
            Await.until(CALM_PATIENCE, () -> promptly.get() >= PER_SECOND);
        } catch (AssertionError busy) {
            System.out.println(
                    "this machine is too busy for " + PER_SECOND + " writes a second within " + PROMPT_MS + " ms");
        }
    }

    /** Ends it; returns what came of each request, when that is known of all. */
    List<Answer> stop() {
        stopped = true;
        long whenStopped = sent.get();
        Await.until(() -> inFlight.get() == 0 && sent.get() == whenStopped);
        return List.copyOf(answers);
    }

    private void tick(long timer) {
        long due = (System.nanoTime() - begun) * PER_SECOND / TimeUnit.SECONDS.toNanos(1);
        while (!stopped && sent.get() < due) {
            sent.incrementAndGet();
            inFlight.incrementAndGet();
            send();
        }
        if (stopped) {
            vertx.cancelTimer(timer);
        }
    }

    private void send() {
        int dice = random.nextInt(4 * USERS);
        String user = users.get(dice < USERS ? 0 : dice < 2 * USERS ? 1 : dice % USERS);
        Write write = writers.get(user).next();
        ServiceProcess api = targets.get(random.nextInt(targets.size()));
        long sentAt = System.nanoTime();
        answer(write, api.port()).onComplete(done -> {
            Answer answer = answer(api.name(), write, sentAt, done.result());
            boolean prompt = !answer.isFailed() && answer.time().nanos() < PROMPT_MS * 1_000_000;
            promptly.set(prompt ? promptly.get() + 1 : 0);
            answers.add(answer);
            inFlight.decrementAndGet();
        });
    }

    private Future<HttpResponse<Buffer>> answer(Write write, int port) {
        HttpRequest<Buffer> request = client.request(write.method(), port, "127.0.0.1", write.path())
                .bearerTokenAuthentication(tokens.get(write.user()))
                .timeout(ANSWER_PATIENCE_MS);
        return write.body() == null
                ? request.send()
                : request.putHeader(HttpHeaders.CONTENT_TYPE.toString(), "application/json")
                        .sendBuffer(Buffer.buffer(write.body()));
    }

    private Answer answer(String api, Write write, long sentAt, @Nullable HttpResponse<Buffer> response) {
        Timed time = new Timed(sentAt, System.nanoTime() - sentAt);
        if (response == null) {
            return new Answer(api, write.kind(), write.user(), write.taskId(), time, 0, 0, 0);
        }
        String revision = response.getHeader("Sync-Revision");
        JsonObject body = response.statusCode() < 300 && response.statusCode() != 204
                ? response.bodyAsJsonObject()
                : new JsonObject();
        String id = body.getString("id", write.taskId());
        if (response.statusCode() == 201) {
            writers.get(write.user()).created(id);
        }
        return new Answer(
                api,
                write.kind(),
                write.user(),
                id,
                time,
                response.statusCode(),
                revision == null ? 0 : Long.parseLong(revision),
                body.getInteger("deleted", 0));
    }

    @Override
    public void close() {
        client.close();
        vertx.close().await();
    }
}
