package io.pakaura.endtoend.dapr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pakaura.endtoend.dapr.SubscriberApp.Delivery;
import io.pakaura.endtoend.dapr.SubscriberApp.Subscription;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The apps of the contract, with sidecars that are started once a class, and what its tests say again and again. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class PubSubFixture {

    static final Duration SOON = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String UPDATES = "pubsub-kafka/task-updates";
    static final String EVENTS = "pubsub-kafka/task-events";
    static final String REMINDERS = "pubsub-kafka/reminders";
    static final String PARTITION = "?metadata.partitionNumber=";
    static final String KEY = "?metadata.partitionKey=";
    static final String RAW = "?metadata.rawPayload=true";

    private final Vertx vertx = Vertx.vertx();
    final SubscriberApp gateway1 = SubscriberApp.start(
            vertx,
            new Subscription("pubsub-kafka-broadcast", "task-updates", "/events/task-updates"),
            new Subscription("pubsub-kafka", "reminders", "/events/reminders"));
    final SubscriberApp gateway2 = SubscriberApp.start(
            vertx, new Subscription("pubsub-kafka-broadcast", "task-updates", "/events/task-updates"));
    final SubscriberApp audit1 = SubscriberApp.start(vertx, new Subscription("pubsub-kafka", "task-events", "/audit"));
    final SubscriberApp audit2 = SubscriberApp.start(vertx, new Subscription("pubsub-kafka", "task-events", "/audit"));

    private @Nullable PubSubEnvironment environment;
    Publisher publisher = new Publisher(0, null);

    /** Starts broker and sidecars, or gives the test up by an assumption. */
    abstract PubSubEnvironment start(PubSubEnvironment.Apps apps);

    @BeforeAll
    void startAndAwaitSubscriptions() {
        environment = start(new PubSubEnvironment.Apps(gateway1, gateway2, audit1, audit2));
        publisher = new Publisher(environment.publisherPort(), PubSubEnvironment.API_TOKEN);
        awaitSubscribed(UPDATES, gateway1);
        awaitSubscribed(UPDATES, gateway2);
        awaitSubscribed(REMINDERS, gateway1);
        awaitSubscribed(EVENTS, audit1, audit2);
    }

    @AfterAll
    void stop() {
        if (environment != null) {
            environment.close();
        }
        Stream.of(gateway1, gateway2, audit1, audit2).forEach(SubscriberApp::close);
        vertx.close().await();
    }

    /** A new consumer group starts at the end of the log: it is there when it gets something from each partition. */
    private void awaitSubscribed(String topic, SubscriberApp... members) {
        for (int partition = 0; partition < PubSubEnvironment.PARTITIONS; partition++) {
            String id = "probe-" + UUID.randomUUID();
            String target = topic + PARTITION + partition;
            Await.until(() -> "subscription of " + target, SOON, () -> {
                accepted(publisher.publish(target, event(id)));
                return Stream.of(members).anyMatch(app -> !app.deliveriesOf(id).isEmpty());
            });
        }
    }

    static String newId() {
        return UUID.randomUUID() + "-";
    }

    static String event(String id) {
        return event(id, "EMPTY");
    }

    static String event(String id, String answers) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "pakaura/test", "type": "test", "replies": "%s",
                 "datacontenttype": "application/json", "data": {}}"""
                .formatted(id, answers);
    }

    static Delivery one(SubscriberApp app, String id) {
        Await.until(() -> "delivery of " + id, SOON, () -> !app.deliveriesOf(id).isEmpty());
        return app.deliveriesOf(id).get(0);
    }

    /** Waits until as many events whose id begins so have come to the gateway, and for no more. */
    final List<Delivery> delivered(String prefix, int count) {
        Await.until(
                () -> count + " deliveries of " + prefix,
                SOON,
                () -> gateway1.deliveriesOf(prefix).size() >= count);
        return gateway1.deliveriesOf(prefix);
    }

    /** Whatever was published to {@link #UPDATES} before has been delivered when this returns. */
    final void awaitAllDelivered() {
        String id = newId();
        for (int partition = 0; partition < PubSubEnvironment.PARTITIONS; partition++) {
            accepted(publisher.publish(UPDATES + PARTITION + partition, event(id + partition)));
        }
        assertThat(delivered(id, PubSubEnvironment.PARTITIONS)).hasSize(PubSubEnvironment.PARTITIONS);
    }

    /** An event that got its id from the sidecar is known by a mark in its body. */
    final JsonNode wrapped(String mark) {
        Await.until(() -> "delivery of " + mark, SOON, () -> withMark(mark)
                .findAny()
                .isPresent());
        return withMark(mark).findFirst().orElseThrow().event();
    }

    private Stream<Delivery> withMark(String mark) {
        return gateway1.deliveries().stream().filter(delivery -> delivery.body().contains(mark));
    }

    static void accepted(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    static ObjectNode object(String json) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(json);
    }

    static JsonNode json(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
