package io.pakaura.publisher.dapr;

import io.pakaura.publisher.event.CloudEventCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The HTTP API of the Dapr sidecar (Dapr 1.18). Futures never fail: whatever happens is a result. Safe on any thread;
 * completes on the caller's context.
 *
 * <p>Publishing has one attempt a call, since the outbox tries again; state and secrets have three. What is published
 * goes to the broker as it is, {@code rawPayload} in Dapr's words: the sidecar adds neither {@code topic} nor {@code
 * pubsubname} to it. Subscribers, whose sidecars expect CloudEvents, need nothing special for it.
 */
public final class DaprClient {
    private static final int NO_CONTENT = 204;
    private static final String JSON = "application/json";

    /** An event is a CloudEvent already: the sidecar need not take it apart and write it anew to make it one. */
    private static final Map<String, String> RAW = Map.of("metadata.rawPayload", "true");

    private static final PublishResult PUBLISHED = new PublishResult.Published();

    private final SidecarRequests requests;
    private final PersistentRequests persistent;
    private final DaprConfig config;

    public DaprClient(Vertx vertx, DaprConfig config) {
        this.config = config;
        this.requests = new SidecarRequests(vertx, config);
        this.persistent =
                new PersistentRequests(vertx, requests, RetryPolicy.STATE_AND_SECRETS, () -> ThreadLocalRandom.current()
                        .nextDouble());
    }

    /**
     * Publishes one event.
     *
     * @param pubsub the pub/sub component's name
     */
    public Future<PublishResult> publish(String pubsub, String topic, OutgoingEvent event) {
        Map<String, String> query = new TreeMap<>(RAW);
        event.metadata().forEach((name, value) -> query.put("metadata." + name, value));
        String path = SidecarRequests.path("v1.0", "publish", pubsub, topic);
        return requests.send(
                        post(path, query, CloudEventCodec.CONTENT_TYPE, event.cloudEvent()), config.publishTimeout())
                .map(DaprClient::resultOf);
    }

    /**
     * Publishes several events with one request. A component without bulk publish gets them from Dapr side by side, in
     * no order.
     *
     * @param pubsub the pub/sub component's name
     * @param events none is no request; Dapr takes 4 MB of them, unless it is told otherwise
     */
    public Future<BulkPublishResult> publishAll(String pubsub, String topic, List<OutgoingEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(new BulkPublishResult.PerEvent(List.of()));
        }
        int count = events.size();
        String path = SidecarRequests.path("v1.0", "publish", "bulk", pubsub, topic);
        return requests.send(post(path, RAW, JSON, BulkBody.of(events)), config.publishTimeout())
                .map(answer -> bulkResultOf(answer, count));
    }

    /** @param name of the component */
    public StateStore state(String name) {
        return new StateStore(persistent, name);
    }

    /** @param name of the component */
    public SecretStore secrets(String name) {
        return new SecretStore(persistent, name);
    }

    /** Asks whether the sidecar can be used by the app; it need not have reached the app itself. One attempt. */
    public Future<SidecarHealth> health() {
        return get("healthz", "outbound").map(Introspection::health);
    }

    /** Asks what the sidecar has loaded. One attempt. */
    public Future<SidecarMetadata> metadata() {
        return get("metadata").map(Introspection::metadata);
    }

    private Future<Answer> get(String... path) {
        String uri = SidecarRequests.path("v1.0") + SidecarRequests.path(path);
        return requests.send(
                new SidecarRequests.Call(HttpMethod.GET, uri, Map.of(), Map.of(), null), config.publishTimeout());
    }

    public void close() {
        requests.close();
    }

    private static SidecarRequests.Call post(String path, Map<String, String> query, String contentType, Buffer body) {
        Map<String, String> headers = Map.of(HttpHeaders.CONTENT_TYPE.toString(), contentType);
        return new SidecarRequests.Call(HttpMethod.POST, path, query, headers, body);
    }

    /** Dapr answers 204 to what it published: another 2xx comes from something else. */
    private static PublishResult resultOf(Answer answer) {
        if (answer instanceof Answer.Received received) {
            return received.status() == NO_CONTENT
                    ? PUBLISHED
                    : new PublishResult.Rejected(received.status(), received.detail());
        }
        return ((Answer.Missing) answer).why() instanceof SidecarFailure.Unreachable unreachable
                ? new PublishResult.Unreachable(unreachable.reason())
                : new PublishResult.TimedOut();
    }

    private static BulkPublishResult bulkResultOf(Answer answer, int count) {
        PublishResult asOne = resultOf(answer);
        if (asOne instanceof PublishResult.Published) {
            return perEvent(count, index -> asOne);
        }
        if (answer instanceof Answer.Received received) {
            return BulkBody.failedEntries(received.body(), count)
                    .map(errors -> partly(received.status(), errors, count))
                    .orElseGet(() -> new BulkPublishResult.AsOne(asOne));
        }
        return new BulkPublishResult.AsOne(asOne);
    }

    private static BulkPublishResult partly(int status, Map<Integer, String> errors, int count) {
        return perEvent(count, index -> {
            String error = errors.get(index);
            return error == null ? PUBLISHED : new PublishResult.Rejected(status, error);
        });
    }

    private static BulkPublishResult perEvent(int count, Function<Integer, PublishResult> result) {
        return new BulkPublishResult.PerEvent(
                IntStream.range(0, count).boxed().map(result).toList());
    }
}
