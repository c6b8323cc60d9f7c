package io.pakaura.daprstandin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is the stand-in's own; what it has in common with real sidecars is in the contract suite of the end-to-end tests. */
final class DaprStandInIT {

    private static final String SUBSCRIPTIONS =
            "[{\"pubsubname\":\"pubsub-kafka\",\"topic\":\"topic\",\"route\":\"/events\"}]";

    private final Vertx vertx = Vertx.vertx();
    private final Broker broker = Broker.open(vertx, BrokerConfig.inMemory()).await();
    private final WebClient client = WebClient.create(vertx);
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final AtomicInteger subscribeRequests = new AtomicInteger();
    private final List<DaprStandIn> sidecars = new ArrayList<>();

    @AfterEach
    void close() {
        sidecars.forEach(sidecar -> sidecar.close().await());
        broker.close().await();
        vertx.close().await();
    }

    private DaprStandIn start(DaprStandInConfig config) {
        DaprStandIn sidecar = DaprStandIn.start(vertx, broker, config).await();
        sidecars.add(sidecar);
        return sidecar;
    }

    private HttpServer startApp(int port) {
        Router router = Router.router(vertx);
        router.get("/dapr/subscribe").handler(context -> {
            subscribeRequests.incrementAndGet();
            context.response().end(SUBSCRIPTIONS).onFailure(context::fail);
        });
        router.post("/events").handler(BodyHandler.create(false)).handler(context -> {
            delivered.add(context.body().asJsonObject().getString("id"));
            context.response().end().onFailure(context::fail);
        });
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(port, "127.0.0.1")
                .await();
    }

    private static DaprStandInConfig audit(int appPort) {
        return DaprStandInConfig.of("audit")
                .withApp(new DaprStandInConfig.App("127.0.0.1", appPort, null))
                .withRetryDelay(Duration.ofMillis(1));
    }

    private HttpResponse<Buffer> publish(DaprStandIn sidecar, String target, String event) {
        return client.post(sidecar.port(), "127.0.0.1", "/v1.0/publish/" + target)
                .putHeader("Content-Type", "application/cloudevents+json")
                .sendBuffer(Buffer.buffer(event))
                .await();
    }

    private void publishUntilDelivered(DaprStandIn sidecar, String id) {
        Await.until("delivery of " + id, () -> {
            assertThat(publish(sidecar, "pubsub-kafka/topic", "{\"id\":\"%s\"}".formatted(id))
                            .statusCode())
                    .isEqualTo(204);
            return delivered.contains(id);
        });
    }

    @Test
    void anAppThatComesLaterThanItsSidecarIsAskedForItsSubscriptionsOnceItIsThere() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        DaprStandIn sidecar = start(audit(port));
        HttpServer app = startApp(port);
        publishUntilDelivered(sidecar, "first");
        app.close().await();
        HttpServer restarted = startApp(port);
        publishUntilDelivered(sidecar, "second");
        assertThat(subscribeRequests).hasValue(1);
        assertThat(restarted.actualPort()).isEqualTo(port);
    }

    @Test
    void aSidecarThatIsClosedLeavesItsGroupToTheOthers() {
        DaprStandIn first = start(audit(startApp(0).actualPort()));
        publishUntilDelivered(first, "first");
        first.close().await();
        DaprStandIn second = start(audit(startApp(0).actualPort()));
        publishUntilDelivered(second, "second");
    }

    @Test
    void whatAClosedSidecarWasDeliveringGoesToAnotherMember() {
        AtomicInteger hung = new AtomicInteger();
        HttpServer hanging = vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().equals("/events")) {
                        hung.incrementAndGet();
                    } else {
                        request.response().end(SUBSCRIPTIONS).onFailure(gone -> delivered.add(gone.toString()));
                    }
                })
                .listen(0, "127.0.0.1")
                .await();
        DaprStandIn first = start(audit(hanging.actualPort()));
        Await.until("a delivery", () -> {
            assertThat(publish(first, "pubsub-kafka/topic", "{\"id\":\"hung\"}").statusCode())
                    .isEqualTo(204);
            return hung.get() > 0;
        });
        DaprStandIn second = start(audit(startApp(0).actualPort()));
        first.close().await();
        Await.until("delivery elsewhere", () -> delivered.contains("hung"));
        assertThat(hung).hasValue(1);
        second.close().await();
    }

    @Test
    void whatTheStandInCannotDoIsAnsweredSoAndNotIgnored() {
        DaprStandIn sidecar = start(DaprStandInConfig.of("task-api"));
        assertThat(publish(sidecar, "pubsub-kafka/topic?metadata.ttlInSeconds=60", "{}")
                        .statusCode())
                .isEqualTo(501);
        for (String raw : List.of("[]", "null", "text")) {
            assertThat(publish(sidecar, "pubsub-kafka/topic?metadata.rawPayload=true", raw)
                            .statusCode())
                    .isEqualTo(501);
        }
        assertThat(publish(
                                sidecar,
                                "bulk/pubsub-kafka/topic?metadata.rawPayload=true",
                                "[{\"entryId\":\"1\",\"contentType\":\"application/json\",\"event\":[]}]")
                        .statusCode())
                .isEqualTo(501);
        assertThat(publish(
                                sidecar,
                                "bulk/pubsub-kafka/topic",
                                "[{\"entryId\":\"1\",\"contentType\":\"text/plain\",\"event\":\"\","
                                        + "\"metadata\":{\"ttlInSeconds\":\"60\"}}]")
                        .statusCode())
                .isEqualTo(501);
    }

    @Test
    void aPortThatIsTakenIsAFailedStart() {
        DaprStandIn first = start(DaprStandInConfig.of("task-api"));
        assertThat(DaprStandIn.start(
                                vertx, broker, DaprStandInConfig.of("audit").withAddress("127.0.0.1", first.port()))
                        .transform(start -> Future.succeededFuture(start.failed()))
                        .await())
                .isTrue();
    }

    @Test
    void aComponentOfAPodWantsThePodsName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DaprStandInConfig(
                        "127.0.0.1", 0, "sync-gateway", null, null, null, "p", "broadcast", Duration.ZERO));
    }

    @Test
    void noTokenIsEverPrinted() {
        assertThat(DaprStandInConfig.of("audit")
                        .withApiToken("secret")
                        .withApp(new DaprStandInConfig.App("127.0.0.1", 1, "secret")))
                .hasToString("sidecar of audit on 127.0.0.1:0, app 127.0.0.1:1");
    }
}
