package io.pakaura.endtoend.dapr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An app that subscribes and keeps what is delivered to it. What it answers stands in the event itself: its extension
 * {@code replies} has a word for each delivery, and the last is for all that follow.
 */
final class SubscriberApp implements AutoCloseable {

    /** An entry of {@code /dapr/subscribe}. */
    record Subscription(String pubsubname, String topic, String route) {}

    /** One request of the sidecar. */
    record Delivery(String route, MultiMap headers, String body, JsonNode event) {

        String id() {
            return event.path("id").asText();
        }

        int partition() {
            return Integer.parseInt(headers.get("__partition"));
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Subscription> subscriptions;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final AtomicInteger subscribeRequests = new AtomicInteger();
    private final HttpServer server;

    private SubscriberApp(Vertx vertx, List<Subscription> subscriptions) {
        this.subscriptions = subscriptions;
        this.server = vertx.createHttpServer().requestHandler(this::handle);
    }

    static SubscriberApp start(Vertx vertx, Subscription... subscriptions) {
        SubscriberApp app = new SubscriberApp(vertx, List.of(subscriptions));
        try {
            app.server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
        return app;
    }

    int port() {
        return server.actualPort();
    }

    int subscribeRequests() {
        return subscribeRequests.get();
    }

    /** Everything delivered so far, in its order. */
    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /** What was delivered of the events whose id begins so, in its order. */
    List<Delivery> deliveriesOf(String idPrefix) {
        return deliveries.stream()
                .filter(delivery -> delivery.id().startsWith(idPrefix))
                .toList();
    }

    private void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            request.bodyHandler(body -> deliver(request, body));
        } else if (request.path().equals("/dapr/subscribe")) {
            subscribeRequests.incrementAndGet();
            respond(request.response().putHeader("Content-Type", "application/json"), JSON.valueToTree(subscriptions));
        } else {
            end(request.response().setStatusCode(404), "");
        }
    }

    private void deliver(HttpServerRequest request, Buffer body) {
        JsonNode event = parse(body);
        Delivery delivery = new Delivery(request.path(), request.headers(), body.toString(), event);
        int attempt = deliveriesOf(delivery.id()).size();
        deliveries.add(delivery);
        String[] answers = event.path("replies").asText("EMPTY").split(",", -1);
        answer(request.response(), answers[Math.min(attempt, answers.length - 1)]);
    }

    private static void answer(HttpServerResponse response, String answer) {
        switch (answer) {
            case "EMPTY" -> end(response, "");
            case "TEXT" -> end(response, "done");
            case "SUCCESS", "RETRY", "DROP" -> end(response, "{\"status\":\"" + answer + "\"}");
            default -> end(response.setStatusCode(Integer.parseInt(answer)), "");
        }
    }

    private static JsonNode parse(Buffer body) {
        try {
            return JSON.readTree(body.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(body.toString(), e);
        }
    }

    private static void respond(HttpServerResponse response, JsonNode body) {
        end(response, body.toString());
    }

    private static void end(HttpServerResponse response, String body) {
        response.end(body).onFailure(gone -> System.out.println("a sidecar didn't wait for its answer: " + gone));
    }

    @Override
    public void close() {
        try {
            server.close().await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
