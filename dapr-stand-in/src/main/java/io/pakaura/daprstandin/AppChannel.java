package io.pakaura.daprstandin;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.daprstandin.DaprStandInConfig.App;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sidecar's requests to its app, and what the app's answers mean. As with daprd there is no timeout on an answer. */
final class AppChannel {

    private static final String NO_TRACE = "00-00000000000000000000000000000000-0000000000000000-00";
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    private final App app;
    private final String appId;
    private final WebClient client;

    /** @param connections to the app at most; one is used for each partition and subscription */
    AppChannel(Vertx vertx, App app, String appId, int connections) {
        this.app = app;
        this.appId = appId;
        WebClientOptions options = new WebClientOptions()
                .setDefaultHost(app.host())
                .setDefaultPort(app.port())
                .setFollowRedirects(false)
                .setUserAgentEnabled(false);
        this.client = WebClient.create(vertx, options, new PoolOptions().setHttp1MaxSize(connections));
    }

    /** Asks the app what it subscribes to. Fails while nobody listens there. */
    Future<HttpResponse<Buffer>> subscriptions() {
        return withToken(client.get("/dapr/subscribe"))
                .putHeader("Content-Type", "application/json")
                .putHeader("dapr-app-id", appId)
                .send();
    }

    Future<DeliveryOutcome> deliver(Subscription subscription, StoredEvent event) {
        HttpRequest<Buffer> request = withToken(client.post(subscription.route()));
        event.metadata().forEach((name, value) -> putIfLegal(request, name, value));
        if (event.key() != null) {
            putIfLegal(request, "__key", event.key());
        }
        return request.putHeader("Content-Type", "application/cloudevents+json")
                .putHeader("pubsubname", subscription.component())
                .putHeader("__topic", subscription.topic())
                .putHeader("__partition", String.valueOf(event.partition()))
                .putHeader("__offset", String.valueOf(event.offset()))
                .putHeader("__timestamp", String.valueOf(event.timestamp()))
                .putHeader("traceparent", traceparent(event.payload()))
                .sendBuffer(event.payload())
                .map(response -> outcome(response.statusCode(), response.body()));
    }

    private HttpRequest<Buffer> withToken(HttpRequest<Buffer> request) {
        return app.apiToken() == null ? request : request.putHeader("dapr-api-token", app.apiToken());
    }

    /** What can't be a header is left out: it is no reason to hold up the partition. */
    private static void putIfLegal(HttpRequest<Buffer> request, String name, String value) {
        if (HEADER_NAME.matcher(name).matches() && HEADER_VALUE.matcher(value).matches()) {
            request.putHeader(name, value);
        }
    }

    private static String traceparent(Buffer event) {
        String traceparent =
                read(event).map(json -> json.path("traceparent").asText()).orElse("");
        return traceparent.isEmpty() || !HEADER_VALUE.matcher(traceparent).matches() ? NO_TRACE : traceparent;
    }

    private static DeliveryOutcome outcome(int status, @Nullable Buffer body) {
        if (status == 404) {
            return new DeliveryOutcome.Dropped("the app answered 404");
        }
        if (status < 200 || status > 299) {
            return new DeliveryOutcome.Retry("the app answered " + status);
        }
        String word = body == null
                ? ""
                : read(body).map(json -> json.path("status").asText()).orElse("");
        return switch (word) {
            case "", "SUCCESS" -> new DeliveryOutcome.Done();
            case "DROP" -> new DeliveryOutcome.Dropped("the app answered DROP");
            default -> new DeliveryOutcome.Retry("the app answered " + word);
        };
    }

    private static Optional<JsonNode> read(Buffer json) {
        try {
            return Optional.of(Json.MAPPER.readTree(json.getBytes()));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    void close() {
        client.close();
    }
}
