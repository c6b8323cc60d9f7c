package io.pakaura.endtoend.restart;

import io.pakaura.endtoend.system.GatewayProcess;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows which gateways are ready, a moment late, as a load balancer does; each is asked again and again. */
final class Front {
    private static final long PERIOD_MS = 250;
    private static final long PATIENCE_MS = 1_000;

    private final Vertx vertx;
    private final List<GatewayProcess> gateways;
    private final long polling;
    private final WebClient client;
    private final Set<GatewayProcess> ready = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();

    Front(Vertx vertx, List<GatewayProcess> gateways) {
        this.vertx = vertx;
        this.gateways = gateways;
        this.client = WebClient.create(vertx, new WebClientOptions().setKeepAlive(false));
        this.polling = vertx.setPeriodic(0, PERIOD_MS, due -> gateways.forEach(this::ask));
    }

    private void ask(GatewayProcess gateway) {
        client.get(gateway.opsPort(), "127.0.0.1", "/health/ready")
                .timeout(PATIENCE_MS)
                .send()
                .map(answer -> answer.statusCode() == 200)
                .otherwise(false)
                .onSuccess(isReady -> {
                    if (isReady) {
                        ready.add(gateway);
                    } else {
                        ready.remove(gateway);
                    }
                });
    }

    void stop() {
        vertx.cancelTimer(polling);
    }

    boolean isReady(GatewayProcess gateway) {
        return ready.contains(gateway);
    }

    /** The next in turn of those that are ready. */
    Optional<GatewayProcess> pick() {
        List<GatewayProcess> now = gateways.stream().filter(ready::contains).toList();
        return now.isEmpty()
                ? Optional.empty()
                : Optional.of(now.get(Math.floorMod(turn.getAndIncrement(), now.size())));
    }
}
