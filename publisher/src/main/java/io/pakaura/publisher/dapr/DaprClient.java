package io.pakaura.publisher.dapr;

import io.pakaura.publisher.event.CloudEventCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Dapr's pub/sub HTTP API (Dapr 1.18). Futures never fail: whatever happens is a {@link PublishResult}. Safe on any
 * thread; completes on the caller's context.
 */
public final class DaprClient {
    private static final int DETAIL_CHARS = 500;
    private static final int POOL_SIZE = 64;

    private final WebClient client;
    private final DaprConfig config;

    public DaprClient(Vertx vertx, DaprConfig config) {
        this.config = config;
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setDefaultHost(config.host())
                        .setDefaultPort(config.port())
                        .setConnectTimeout((int) config.publishTimeout().toMillis())
                        .setUserAgentEnabled(false),
                new PoolOptions().setHttp1MaxSize(POOL_SIZE));
    }

    /**
     * Publishes one event, with one attempt.
     *
     * @param pubsub the pub/sub component's name
     * @param partitionKey the record's key on Kafka: events with one key keep their order
     */
    public Future<PublishResult> publish(String pubsub, String topic, String partitionKey, Buffer cloudEvent) {
        HttpRequest<Buffer> request = client.post("/v1.0/publish/" + encode(pubsub) + "/" + encode(topic))
                .addQueryParam("metadata.partitionKey", partitionKey)
                .putHeader(HttpHeaders.CONTENT_TYPE.toString(), CloudEventCodec.CONTENT_TYPE)
                .timeout(config.publishTimeout().toMillis());
        if (config.apiToken() != null) {
            request.putHeader("dapr-api-token", config.apiToken());
        }
        // The request's own timeout counts silence, and an answer that comes in drops is never silent.
        return request.sendBuffer(cloudEvent)
                .timeout(config.publishTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .map(DaprClient::resultOf)
                .otherwise(DaprClient::resultOf);
    }

    public void close() {
        client.close();
    }

    private static PublishResult resultOf(HttpResponse<Buffer> response) {
        if (response.statusCode() == 204) {
            return new PublishResult.Published();
        }
        String body = response.bodyAsString();
        String detail = body == null ? "" : body.substring(0, Math.min(DETAIL_CHARS, body.length()));
        return new PublishResult.Rejected(response.statusCode(), detail);
    }

    private static PublishResult resultOf(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return new PublishResult.TimedOut();
        }
        String kind =
                failure instanceof VertxException ? "" : failure.getClass().getSimpleName() + ": ";
        return new PublishResult.Unreachable(kind + failure.getMessage());
    }

    private static String encode(String pathSegment) {
        return URLEncoder.encode(pathSegment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
