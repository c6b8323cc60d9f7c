package io.pakaura.publisher.dapr;

import io.pakaura.publisher.event.CloudEventCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Dapr's pub/sub HTTP API (Dapr 1.18), one attempt a call. Futures never fail: whatever happens is a result. Safe on
 * any thread; completes on the caller's context.
 */
public final class DaprClient {
    private static final int NO_CONTENT = 204;
    private static final String JSON = "application/json";
    private static final PublishResult PUBLISHED = new PublishResult.Published();

    private final SidecarRequests requests;
    private final DaprConfig config;

    public DaprClient(Vertx vertx, DaprConfig config) {
        this.config = config;
        this.requests = new SidecarRequests(vertx, config);
    }

    /**
     * Publishes one event.
     *
     * @param pubsub the pub/sub component's name
     */
    public Future<PublishResult> publish(String pubsub, String topic, OutgoingEvent event) {
        Map<String, String> metadata = event.metadata().entrySet().stream()
                .collect(Collectors.toMap(entry -> "metadata." + entry.getKey(), Map.Entry::getValue));
        String path = SidecarRequests.path("v1.0", "publish", pubsub, topic);
        return requests.send(
                        post(path, metadata, CloudEventCodec.CONTENT_TYPE, event.cloudEvent()), config.publishTimeout())
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
        return requests.send(post(path, Map.of(), JSON, BulkBody.of(events)), config.publishTimeout())
                .map(answer -> bulkResultOf(answer, count));
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
        return answer instanceof Answer.Unreachable unreachable
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
