package io.pakaura.benchmarks.bare;

import io.pakaura.publisher.PublisherConfig;
import io.pakaura.publisher.dapr.DaprConfig;
import io.pakaura.publisher.event.CloudEventCodec;
import io.pakaura.publisher.event.CloudEventFactory;
import io.pakaura.publisher.event.TaskChange;
import io.pakaura.publisher.event.TaskState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes as one would without an outbox: each event of a new task by a request of its own, one after the other, and an
 * error is swallowed. The events are those of the product, byte for byte the same size. Any thread.
 */
final class AwaitedPublishes implements AfterInsert {
    private static final Logger log = LoggerFactory.getLogger(AwaitedPublishes.class);
    private static final int POOL_SIZE = 64;

    private final WebClient client;
    private final String path;
    private final long timeoutMs;

    AwaitedPublishes(Vertx vertx, PublisherConfig config) {
        DaprConfig dapr = config.dapr();
        client = WebClient.create(
                vertx,
                new WebClientOptions().setDefaultHost(dapr.host()).setDefaultPort(dapr.port()),
                new PoolOptions().setHttp1MaxSize(POOL_SIZE));
        path = "/v1.0/publish/" + config.pubsubName() + "/";
        timeoutMs = dapr.publishTimeout().toMillis();
    }

    @Override
    public Future<Void> inserted(String user, TaskState task) {
        Future<Void> published = Future.succeededFuture();
        for (CloudEventFactory.Outgoing event : CloudEventFactory.eventsOf(created(user, task))) {
            published = published.compose(before -> publish(user, event));
        }
        return published;
    }

    private static TaskChange created(String user, TaskState task) {
        UUID trace = UUID.randomUUID();
        String hex = trace.toString().replace("-", "");
        String traceparent = "00-" + hex + "-" + hex.substring(16) + "-01";
        return new TaskChange(
                UUID.randomUUID(), user, task.revision(), null, task, task.updatedAt(), trace.toString(), traceparent);
    }

    private Future<Void> publish(String user, CloudEventFactory.Outgoing event) {
        HttpRequest<?> request = client.post(path + event.topic().topicName())
                .addQueryParam("metadata.partitionKey", user)
                .putHeader(HttpHeaders.CONTENT_TYPE.toString(), CloudEventCodec.CONTENT_TYPE)
                .timeout(timeoutMs);
        return request.sendBuffer(CloudEventCodec.encode(event.event()))
                .onFailure(failure -> log.debug("an event is lost", failure))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    @Override
    public void close() {
        client.close();
    }
}
