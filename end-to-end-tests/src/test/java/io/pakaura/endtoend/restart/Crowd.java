package io.pakaura.endtoend.restart;

import io.pakaura.endtoend.system.GatewayProcess;
import io.pakaura.endtoend.system.ServiceProcess;
import io.pakaura.publisher.testing.TestTokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Many clients of some users, and what they share. */
final class Crowd {
    private static final int CONNECTS_PER_SECOND = 400;
    private static final int API_CONNECTIONS = 64;
    private static final long DELTA_PATIENCE_MS = 10_000;

    private final Front front;
    private final List<ServiceProcess> apis;
    private final Journal journal = new Journal();
    private final WebSocketClient webSockets;
    private final WebClient http;
    private final AtomicInteger turn = new AtomicInteger();
    private final List<CrowdClient> clients = new ArrayList<>();
    private volatile boolean isStopped;

    /** Connects them, one after the other. Everything of them is on the caller's event loop. */
    Crowd(Vertx vertx, Front front, List<ServiceProcess> apis, List<String> users, int size) {
        this.front = front;
        this.apis = apis;
        this.webSockets = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(2 * size));
        this.http = WebClient.create(vertx, new WebClientOptions(), new PoolOptions().setHttp1MaxSize(API_CONNECTIONS));
        for (int n = 0; n < size; n++) {
            String user = users.get(n % users.size());
            CrowdClient client = new CrowdClient(this, vertx, user, TestTokens.sign(user));
            clients.add(client);
            vertx.setTimer(1 + 1_000L * n / CONNECTS_PER_SECOND, due -> client.connect());
        }
    }

    List<CrowdClient> clients() {
        return clients;
    }

    /** What ends from now on is not begun again. */
    void stop() {
        isStopped = true;
    }

    boolean isStopped() {
        return isStopped;
    }

    /** How many a gateway serves. From any thread. */
    long servedBy(GatewayProcess gateway) {
        return clients.stream().filter(client -> client.isServedBy(gateway)).count();
    }

    boolean isServed() {
        return clients.stream().allMatch(CrowdClient::isWelcome);
    }

    Journal journal() {
        return journal;
    }

    Front front() {
        return front;
    }

    WebSocketClient webSockets() {
        return webSockets;
    }

    /** A page of what changed since a revision. */
    Future<String> delta(String token, long since) {
        ServiceProcess api = apis.get(Math.floorMod(turn.getAndIncrement(), apis.size()));
        return http.get(api.port(), "127.0.0.1", "/tasks/changes?limit=500&since=" + since)
                .bearerTokenAuthentication(token)
                .timeout(DELTA_PATIENCE_MS)
                .send()
                .compose(answer -> answer.statusCode() == 200
                        ? Future.succeededFuture(answer.bodyAsString())
                        : Future.failedFuture("status " + answer.statusCode()));
    }
}
