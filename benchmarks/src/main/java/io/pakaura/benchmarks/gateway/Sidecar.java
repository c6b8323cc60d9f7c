package io.pakaura.benchmarks.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.publisher.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sidecar does for a gateway besides delivering events: it asks for the subscription, and every few seconds a heartbeat
 * comes through it. Blocking, with a thread of its own.
 */
final class Sidecar implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sidecar.class);
    private static final long HEARTBEAT_SECONDS = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Names sorted, as daprd writes them. */
    private static final String HEARTBEAT =
            """
            {"data":{"epoch":"%1$s","instance":"%1$s","outbox_lag_ms":0,"partition":0,"partitions":1},\
            "datacontenttype":"application/json","id":"%2$s","pubsubname":"pubsub-kafka-broadcast",\
            "source":"pakaura/api","specversion":"1.0","time":"%3$s","topic":"task-updates","traceid":"%2$s",\
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","type":"sync.heartbeat"}""";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final UUID epoch = UUID.randomUUID();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeats");
        thread.setDaemon(true);
        return thread;
    });
    private final URI gateway;
    private final String route;

    private Sidecar(URI gateway) throws IOException, InterruptedException {
        this.gateway = gateway;
        JsonNode subscriptions =
                new ObjectMapper().readTree(send(get("/dapr/subscribe")).body());
        this.route = subscriptions.get(0).get("route").textValue();
    }

    /** Returns when the gateway is ready. */
    static Sidecar start(int opsPort) throws IOException, InterruptedException {
        Sidecar sidecar = new Sidecar(URI.create("http://127.0.0.1:" + opsPort));
        var unused = sidecar.timer.scheduleAtFixedRate(sidecar::beat, 0, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        Await.until(() -> sidecar.isReady());
        return sidecar;
    }

    /** Where events are delivered to. */
    String route() {
        return route;
    }

    /** The gateway's metrics, in Prometheus' text. */
    String metrics() throws IOException, InterruptedException {
        return send(get("/metrics")).body();
    }

    private boolean isReady() {
        try {
            return send(get("/health/ready")).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void beat() {
        try {
            String event =
                    HEARTBEAT.formatted(epoch, UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
            HttpResponse<String> answer = send(HttpRequest.newBuilder(gateway.resolve(route))
                    .header("Content-Type", "application/cloudevents+json")
                    .header("__topic", "task-updates")
                    .header("__partition", "0")
                    .POST(HttpRequest.BodyPublishers.ofString(event)));
            if (answer.statusCode() != 200 || answer.body().contains("DROP")) {
                log.warn("a heartbeat was answered with {} {}", answer.statusCode(), answer.body());
            }
        } catch (IOException | InterruptedException failure) {
            log.warn("a heartbeat was not delivered", failure);
        }
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
