package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.CloudEventCodec;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A sidecar that behaves as a test wants, over real HTTP; remembers what it took. */
final class FakeSidecar {
    /** An answer of 200 that comes a byte at a time, and never ends. */
    static final int IN_DROPS = 1;

    /** An event that was answered with 204. */
    record Taken(String topic, String id, String user, String sequence) {}

    private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, Integer> statusByTopic = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final HttpServer server;

    FakeSidecar(Vertx vertx) throws TimeoutException {
        this.vertx = vertx;
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
    }

    int port() {
        return server.actualPort();
    }

    /** Answers publishes to this topic with another status; 0 never answers them, 204 takes them again. */
    void answer(String topic, int status) {
        statusByTopic.put(topic, status);
    }

    List<Taken> taken() {
        return List.copyOf(taken);
    }

    private void handle(HttpServerRequest request) {
        String topic = request.path().substring(request.path().lastIndexOf('/') + 1);
        request.body().onSuccess(body -> {
            int status = statusByTopic.getOrDefault(topic, 204);
            if (status == 204) {
                var event = CloudEventCodec.decode(body);
                taken.add(new Taken(
                        topic,
                        event.getId(),
                        request.getParam("metadata.partitionKey"),
                        String.valueOf(event.getExtension("sequence"))));
            }
            if (status == IN_DROPS) {
                var response = request.response().setChunked(true);
                vertx.setPeriodic(100, drop -> response.write("x"));
            } else if (status != 0) {
                request.response().setStatusCode(status).end();
            }
        });
    }
}
