package io.pakaura.endtoend.dapr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app that publishes through its sidecar, one event after the other.
 *
 * @param port the sidecar's HTTP API, on 127.0.0.1
 * @param apiToken what it shows to the sidecar; null for nothing
 */
record Publisher(int port, @Nullable String apiToken) {

    static final String CLOUD_EVENT = "application/cloudevents+json";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Publishes to {@code component/topic?metadata}. */
    HttpResponse<String> publish(String target, String contentType, String body) {
        return post("/v1.0/publish/" + target, contentType, body);
    }

    HttpResponse<String> publish(String target, String event) {
        return publish(target, CLOUD_EVENT, event);
    }

    /** Publishes an array of entries to {@code component/topic?metadata}. */
    HttpResponse<String> publishBulk(String target, String entries) {
        return post("/v1.0/publish/bulk/" + target, "application/json", entries);
    }

    HttpResponse<String> publishBulk(String target, BulkEntry... entries) {
        return publishBulk(target, BulkEntry.array(List.of(entries)));
    }

    HttpResponse<String> post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(TIMEOUT);
        return apiToken == null ? request : request.header("dapr-api-token", apiToken);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
