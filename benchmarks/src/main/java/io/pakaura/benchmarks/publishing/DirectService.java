package io.pakaura.benchmarks.publishing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.publisher.dapr.DaprClient;
import io.pakaura.publisher.dapr.OutgoingEvent;
import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.CloudEventCodec;
import io.pakaura.publisher.event.CloudEventFactory;
import io.pakaura.publisher.event.TaskChange;
import io.pakaura.publisher.event.TaskState;
import io.pakaura.publisher.event.Topic;
import io.pakaura.service.Service;
import io.pakaura.taskapi.TaskApiConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * Publishes an event of a new task to {@code task-updates} for each {@code POST}, by the product's client, answers when that
 * is over, and keeps how long the publish took: {@code GET} tells it, and begins anew. One event loop.
 */
final class DirectService implements Service {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long MAX_NANOS = 60_000_000_000L;
    private static final double NANOS_PER_MILLI = 1e6;

    /**
     * What publishes took, in milliseconds.
     *
     * @param failed publishes that the sidecar did not answer with 204
     */
    record Publishes(long count, long failed, double mean, double p50, double p99) {}

    private final DaprClient dapr;
    private final String pubsub;
    private final Histogram latencies = new Histogram(MAX_NANOS, 3);
    private final HttpServer server;
    private long failed;
    private long revision;

    private DirectService(Vertx vertx, TaskApiConfig config) {
        dapr = new DaprClient(vertx, config.publisher().dapr());
        pubsub = config.publisher().pubsubName();
        server = vertx.createHttpServer().requestHandler(this::handle);
    }

    static Future<DirectService> start(Vertx vertx, TaskApiConfig config) {
        DirectService service = new DirectService(vertx, config);
        return service.server.listen(config.http().port(), config.http().host()).map(listening -> service);
    }

    private void handle(HttpServerRequest request) {
        Future<Void> answered = request.method().equals(HttpMethod.POST)
                ? request.body().compose(body -> publish()).compose(published -> request.response()
                        .setStatusCode(published ? 201 : 502)
                        .end())
                : request.response().end(taken());
        answered.onFailure(gone -> {});
    }

    private Future<Boolean> publish() {
        OutgoingEvent event = event();
        long begun = System.nanoTime();
        return dapr.publish(pubsub, Topic.TASK_UPDATES.topicName(), event).map(result -> {
            latencies.recordValue(Math.min(MAX_NANOS, System.nanoTime() - begun));
            boolean published = result instanceof PublishResult.Published;
            failed += published ? 0 : 1;
            return published;
        });
    }

    private OutgoingEvent event() {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now();
        TaskState task = new TaskState(
                id,
                "Buy milk",
                "Two litres, and the one with the green lid",
                false,
                null,
                "high",
                LocalDate.of(2026, 12, 1),
                null,
                now,
                now,
                ++revision);
        String hex = id.toString().replace("-", "");
        String user = "writer-" + revision % 200;
        TaskChange change = new TaskChange(
                id, user, revision, null, task, now, id.toString(), "00-" + hex + "-" + hex.substring(16) + "-01");
        return OutgoingEvent.keyed(
                user,
                CloudEventCodec.encode(CloudEventFactory.eventsOf(change).get(0).event()));
    }

    private Buffer taken() {
        Publishes publishes = new Publishes(
                latencies.getTotalCount(),
                failed,
                latencies.getMean() / NANOS_PER_MILLI,
                latencies.getValueAtPercentile(50) / NANOS_PER_MILLI,
                latencies.getValueAtPercentile(99) / NANOS_PER_MILLI);
        latencies.reset();
        failed = 0;
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(publishes));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String describe() {
        return "direct publisher on port " + server.actualPort();
    }

    @Override
    public Future<Void> close() {
        dapr.close();
        return server.close();
    }
}
