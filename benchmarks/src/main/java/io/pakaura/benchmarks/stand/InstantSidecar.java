package io.pakaura.benchmarks.stand;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for a Dapr sidecar that costs nothing: every publish is answered with 204 at once, unless it is told to be
 * unwell. What is measured is what the API spends on its events, and not somebody else's broker on the same cores. Its
 * methods block, and belong to one thread.
 */
public final class InstantSidecar implements AutoCloseable {
    /** How it takes a publish. */
    public enum Behaviour {
        /** 204. */
        WELL("well"),
        /** Its port refuses connections. */
        DEAD("dead"),
        /** Connections are accepted, and nothing is ever answered. */
        FROZEN("frozen"),
        /** 500 to everything. */
        FAILING("answering 500");

        private final String description;

        Behaviour(String description) {
            this.description = description;
        }

        /** As the sidecar's predicate. */
        public String description() {
            return description;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(InstantSidecar.class);
    private static final String HOST = "127.0.0.1";
    private static final long SECONDS = 10;

    /** Below those that a system hands out: a port that comes and goes must not become somebody else's meanwhile. */
    private static final int MIN_PORT = 20_000;

    private static final int MAX_PORT = 30_000;
    private static final int ATTEMPTS = 20;

    private static final String ENTRY = "\"entryId\":";
    private static final String HEARTBEAT = "\"sync.heartbeat\"";

    /** How a CloudEvent of ours begins; its id follows. */
    private static final String ID = "\"specversion\":\"1.0\",\"id\":\"";

    private static final int ID_LENGTH = 36;
    private static final String REFUSAL =
            "{\"errorCode\":\"ERR_PUBSUB_PUBLISH_MESSAGE\",\"message\":\"the broker is not there\"}";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong published = new AtomicLong();
    private final Set<String> ids = Collections.synchronizedSet(new HashSet<>());
    private volatile Behaviour behaviour = Behaviour.WELL;
    private volatile boolean noting;
    private HttpServer server;
    private final int port;

    private InstantSidecar() throws TimeoutException {
        server = listen(ATTEMPTS).await(SECONDS, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    /** Starts one that is well. */
    public static InstantSidecar start() throws TimeoutException {
        return new InstantSidecar();
    }

    private Future<HttpServer> listen(int attempts) {
        return listenOn(ThreadLocalRandom.current().nextInt(MIN_PORT, MAX_PORT))
                .recover(taken -> attempts > 1 ? listen(attempts - 1) : Future.failedFuture(taken));
    }

    private Future<HttpServer> listenOn(int wanted) {
        return vertx.createHttpServer().requestHandler(this::answer).listen(wanted, HOST);
    }

    /** From now on it behaves so, on connections that it has as on new ones. */
    public void become(Behaviour next) throws TimeoutException {
        Behaviour before = behaviour;
        behaviour = next;
        if (next == Behaviour.DEAD || before == Behaviour.FROZEN) {
            // Else whoever waits for a frozen one would get no answer even now.
            server.close().await(SECONDS, TimeUnit.SECONDS);
        }
        if (next != Behaviour.DEAD && (before == Behaviour.DEAD || before == Behaviour.FROZEN)) {
            server = listenOn(port).await(SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Only when the whole request has come, as a sidecar would. */
    private void answer(HttpServerRequest request) {
        boolean bulk = request.path().contains("/publish/bulk/");
        request.body()
                .compose(body -> answer(request.response(), body, bulk))
                .onFailure(gone -> log.debug("a publish could not be answered", gone));
    }

    private Future<Void> answer(HttpServerResponse response, Buffer body, boolean bulk) {
        return switch (behaviour) {
            case WELL -> {
                count(body, bulk);
                yield response.setStatusCode(204).end();
            }
            case FAILING ->
                response.setStatusCode(500)
                        .putHeader("content-type", "application/json")
                        .end(REFUSAL);
            case DEAD, FROZEN -> Future.succeededFuture();
        };
    }

    /** Counted, not parsed: it shares its cores with what is measured. */
    private void count(Buffer body, boolean bulk) {
        String text = body.toString(StandardCharsets.ISO_8859_1);
        if (text.contains(HEARTBEAT)) {
            return;
        }
        published.addAndGet(bulk ? entries(text) : 1);
        if (noting) {
            note(text);
        }
    }

    private static int entries(String text) {
        int entries = 0;
        for (int at = text.indexOf(ENTRY); at >= 0; at = text.indexOf(ENTRY, at + ENTRY.length())) {
            entries++;
        }
        return entries;
    }

    private void note(String text) {
        for (int at = text.indexOf(ID); at >= 0; at = text.indexOf(ID, at + ID.length())) {
            int begin = at + ID.length();
            ids.add(text.substring(begin, begin + ID_LENGTH));
        }
    }

    public int port() {
        return port;
    }

    /** Events of tasks that were published so far, repeats included. */
    public long published() {
        return published.get();
    }

    /** Begins to note which events are published, repeats not counted, and forgets those noted before. */
    public void noteEvents() {
        ids.clear();
        noting = true;
    }

    /** Different events since {@link #noteEvents}. */
    public int noted() {
        return ids.size();
    }

    @Override
    public void close() throws TimeoutException {
        vertx.close().await(SECONDS, TimeUnit.SECONDS);
    }
}
