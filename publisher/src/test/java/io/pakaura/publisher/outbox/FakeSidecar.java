package io.pakaura.publisher.outbox;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A sidecar that behaves as a test wants, over real HTTP; remembers what it took. Heartbeats are kept apart. */
final class FakeSidecar {
    /** What a sidecar may do with a request instead of answering 204. */
    interface Behaviour extends Consumer<HttpServerRequest> {}

    static final Behaviour TAKES =
            request -> request.response().setStatusCode(204).end();
    static final Behaviour HANGS = request -> {};

    static final Behaviour ANSWERS_IN_DROPS = request -> {
        request.response().setChunked(true);
        drip(request);
    };
    static final Behaviour BREAKS_OFF = request -> {
        request.response().putHeader("Content-Length", "100").write("{");
        request.connection().close();
    };
    static final Behaviour ANSWERS_GARBAGE = request -> request.response().end("<html>\0 not a sidecar");
    static final Behaviour HAS_HUGE_HEADERS = request -> request.response()
            .setStatusCode(204)
            .putHeader("metadata.responseData", "x".repeat(1_000_000))
            .end();

    private static void drip(HttpServerRequest request) {
        if (!request.response().closed()) {
            request.response().write("x");
            Vertx.currentContext().owner().setTimer(100, next -> drip(request));
        }
    }

    static Behaviour answers(int status) {
        return request -> request.response().setStatusCode(status).end("{\"errorCode\": \"ERR_OF_A_TEST\"}");
    }

    /** An event that was answered with 204, and how many came with it. */
    record Taken(String topic, String id, String user, String sequence, int together) {}

    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    private final Queue<Taken> refused = new ConcurrentLinkedQueue<>();
    private final Queue<JsonObject> heartbeats = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Set<String> poison = ConcurrentHashMap.newKeySet();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Vertx vertx;
    private volatile boolean namesFailedEntries = true;
    private HttpServer server;
    private int port;

    FakeSidecar(Vertx vertx) throws TimeoutException {
        this.vertx = vertx;
        comeUp();
    }

    int port() {
        return port;
    }

    /** Behaves so with publishes to this topic, heartbeats excepted. */
    void behave(String topic, Behaviour behaviour) {
        behaviours.put(topic, behaviour);
    }

    void answer(String topic, int status) {
        behave(topic, status == 204 ? TAKES : answers(status));
    }

    /** Refuses the event of this revision on all topics, with 500. */
    void refuse(String sequence) {
        poison.add(sequence);
    }

    /** Answers no request with the event of this revision, and takes none of its events. */
    void leaveUnanswered(String sequence) {
        silent.add(sequence);
    }

    /** A bulk in which an event is refused is refused as a whole, as if it could not be read. */
    void refuseWholeBulks() {
        namesFailedEntries = false;
    }

    /** Its port refuses connections, and those that are open break. */
    void goDown() throws TimeoutException {
        server.close().await(10, TimeUnit.SECONDS);
    }

    void comeUp() throws TimeoutException {
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(port, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    List<Taken> taken() {
        return List.copyOf(taken);
    }

    /** Events that were answered with an error, once for each attempt. */
    List<Taken> refused() {
        return List.copyOf(refused);
    }

    /** Heartbeats, each with its {@code partitionNumber} in {@code partition_number}. */
    List<JsonObject> heartbeats() {
        return List.copyOf(heartbeats);
    }

    private void handle(HttpServerRequest request) {
        String topic = request.path().substring(request.path().lastIndexOf('/') + 1);
        request.body().onSuccess(body -> {
            JsonArray entries = entries(request, body);
            if (isHeartbeat(entries)) {
                takeHeartbeats(entries);
                TAKES.accept(request);
                return;
            }
            List<Taken> events = entries.stream()
                    .map(JsonObject.class::cast)
                    .map(entry -> event(topic, entry, entries.size()))
                    .toList();
            Behaviour behaviour = behaviours.getOrDefault(topic, TAKES);
            if (events.stream().anyMatch(event -> silent.contains(event.sequence()))) {
                refused.addAll(events);
            } else if (behaviour == TAKES) {
                take(request, events);
            } else {
                refused.addAll(events);
                behaviour.accept(request);
            }
        });
    }

    private static JsonArray entries(HttpServerRequest request, Buffer body) {
        if (request.path().contains("/publish/bulk/")) {
            return body.toJsonArray();
        }
        JsonObject metadata = new JsonObject();
        request.params().forEach((name, value) -> metadata.put(name.substring("metadata.".length()), value));
        return new JsonArray()
                .add(new JsonObject().put("event", body.toJsonObject()).put("metadata", metadata));
    }

    private static boolean isHeartbeat(JsonArray entries) {
        return entries.getJsonObject(0).getJsonObject("event").getString("type").equals("sync.heartbeat");
    }

    private void takeHeartbeats(JsonArray entries) {
        entries.stream()
                .map(JsonObject.class::cast)
                .forEach(entry -> heartbeats.add(entry.getJsonObject("event")
                        .put("partition_number", entry.getJsonObject("metadata").getString("partitionNumber"))));
    }

    private static Taken event(String topic, JsonObject entry, int together) {
        JsonObject event = entry.getJsonObject("event");
        return new Taken(
                topic,
                event.getString("id"),
                entry.getJsonObject("metadata").getString("partitionKey"),
                event.getString("sequence"),
                together);
    }

    private void take(HttpServerRequest request, List<Taken> events) {
        List<Taken> bad = events.stream()
                .filter(event -> poison.contains(event.sequence()))
                .toList();
        boolean nothingTaken = !bad.isEmpty() && !namesFailedEntries;
        refused.addAll(nothingTaken ? events : bad);
        if (!nothingTaken) {
            events.stream().filter(event -> !bad.contains(event)).forEach(taken::add);
        }
        if (bad.isEmpty()) {
            TAKES.accept(request);
        } else {
            request.response().setStatusCode(500).end(error(events, bad).toBuffer());
        }
    }

    private JsonObject error(List<Taken> events, List<Taken> bad) {
        JsonObject error = new JsonObject().put("errorCode", "ERR_PUBSUB_PUBLISH_MESSAGE");
        if (namesFailedEntries && events.size() > 1) {
            Stream<JsonObject> failed = bad.stream().map(event -> new JsonObject()
                    .put("entryId", Integer.toString(events.indexOf(event)))
                    .put("error", "refused"));
            error.put("failedEntries", new JsonArray(failed.toList()));
        }
        return error;
    }
}
