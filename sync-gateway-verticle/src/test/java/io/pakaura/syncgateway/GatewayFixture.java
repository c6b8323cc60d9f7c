package io.pakaura.syncgateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pakaura.publisher.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A gateway that runs, its clients, and the sidecar that delivers its events. */
final class GatewayFixture {
    private static final long PATIENCE_SECONDS = 20;
    private static final long BEAT_MILLIS = 3000;
    static final String EPOCH = "d6c21b87-5b36-4b5b-9d6b-4d8ed4c9f6a1";

    final SyncGateway gateway;
    final WebClient http;
    private final WebSocketClient webSockets;

    private final @Nullable String appToken;

    private GatewayFixture(Vertx vertx, SyncGateway gateway, @Nullable String appToken) {
        this.gateway = gateway;
        this.appToken = appToken;
        this.webSockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(1000)
                .setMaxFrameSize(1 << 20)
                .setMaxMessageSize(1 << 20));
        this.http = WebClient.create(vertx);
    }

    static GatewayFixture start(Vertx vertx) {
        return start(vertx, asItIs -> {});
    }

    static GatewayFixture start(Vertx vertx, Consumer<Setup> changes) {
        Setup setup = new Setup();
        changes.accept(setup);
        var fixture = new GatewayFixture(vertx, await(SyncGateway.start(vertx, setup.config())), setup.appToken);
        if (setup.heartbeats) {
            fixture.beat();
            vertx.setPeriodic(BEAT_MILLIS, due -> fixture.send(heartbeat(0, 1), null));
        }
        return fixture;
    }

    private void beat() {
        await(send(heartbeat(0, 1), null));
        Await.until(() -> isGood("feed"));
    }

    /** Whether a check of readiness is good. */
    boolean isGood(String check) {
        return get(gateway.opsPort(), "/health/ready").bodyAsJsonObject().getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .anyMatch(one -> one.getString("id").equals(check)
                        && one.getString("status").equals("UP"));
    }

    /** Waits for what must happen soon. */
    @CanIgnoreReturnValue
    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("it did not happen within " + PATIENCE_SECONDS + " s", late);
        }
    }

    /** A client whose upgrade succeeded and that has said nothing yet. */
    @CanIgnoreReturnValue
    Client connect() {
        return await(upgrade(plain -> plain));
    }

    /** A client that asks for the upgrade in its own way. */
    Future<Client> upgrade(UnaryOperator<WebSocketConnectOptions> way) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(gateway.httpPort())
                .setURI("/sync")
                .setAllowOriginHeader(false)
                .addSubProtocol("cloudevents.json");
        Client client = new Client(webSockets);
        return client.open(way.apply(options)).map(client);
    }

    /** A client that was welcomed. */
    @CanIgnoreReturnValue
    Client welcomed(String user) {
        Client client = connect();
        client.hello(token(user));
        client.expect("sync.welcome");
        return client;
    }

    static String token(@Nullable String user) {
        return token(user, Duration.ofHours(1));
    }

    static String token(@Nullable String user, Duration lifetime) {
        return token(user, lifetime, Setup.SECRET);
    }

    static String token(@Nullable String user, Duration lifetime, String secret) {
        try {
            var claims = new JWTClaimsSet.Builder()
                    .subject(user)
                    .expirationTime(Date.from(Instant.now().plus(lifetime)))
                    .build();
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** {@code sync.task} as a sidecar writes it: names sorted, {@code type} last. */
    static String taskEvent(String user, long revision) {
        return taskEvent(user, revision, "Buy milk");
    }

    static String taskEvent(String user, long revision, String title) {
        return """
                {"data":{"action":"updated","revision":%2$d,"task":{"title":"%3$s"},"task_id":"t1","user_id":"%1$s"},\
                "datacontenttype":"application/json","id":"%1$s-%2$d","pubsubname":"pubsub-of-test",\
                "source":"pakaura/api","specversion":"1.0","topic":"task-updates","traceid":"corr-%2$d",\
                "type":"sync.task"}"""
                .formatted(user, revision, title);
    }

    /** {@code sync.heartbeat} of one task API whose outbox is empty. */
    static String heartbeat(int partition, int partitions) {
        return heartbeat(partition, partitions, EPOCH, 0);
    }

    static String heartbeat(int partition, int partitions, String epoch, long lagMillis) {
        return """
                {"data":{"epoch":"%s","instance":"11111111-5b36-4b5b-9d6b-4d8ed4c9f6a1","outbox_lag_ms":%d,\
                "partition":%d,"partitions":%d},"datacontenttype":"application/json","id":"1","source":"pakaura/api",\
                "specversion":"1.0","topic":"task-updates","traceid":"beat","type":"sync.heartbeat"}"""
                .formatted(epoch, lagMillis, partition, partitions);
    }

    /** Plays the sidecar of a broker with partitions. */
    void deliver(String event, int partition) {
        assertThat(await(send(event, partition)).bodyAsString()).isEqualTo("{\"status\":\"SUCCESS\"}");
    }

    private Future<HttpResponse<Buffer>> send(String event, @Nullable Integer partition) {
        HttpRequest<Buffer> request = http.post(gateway.opsPort(), "127.0.0.1", "/events/task-updates");
        if (appToken != null) {
            request.putHeader("dapr-api-token", appToken);
        }
        if (partition != null) {
            request.putHeader("__partition", partition.toString());
        }
        return request.sendBuffer(Buffer.buffer(event));
    }

    /** Plays the sidecar. */
    Future<HttpResponse<Buffer>> deliver(String event) {
        return http.post(gateway.opsPort(), "127.0.0.1", "/events/task-updates")
                .putHeader("Content-Type", "application/cloudevents+json")
                .sendBuffer(Buffer.buffer(event));
    }

    HttpResponse<Buffer> get(int port, String path) {
        return await(http.get(port, "127.0.0.1", path).send());
    }
}
