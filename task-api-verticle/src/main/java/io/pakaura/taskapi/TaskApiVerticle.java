package io.pakaura.taskapi;

import io.pakaura.service.ConnectionLimits;
import io.pakaura.service.ListenerConfig;
import io.pakaura.service.Metrics;
import io.pakaura.service.PublicServer;
import io.pakaura.taskapi.http.ApiRouter;
import io.pakaura.taskapi.http.UnreadableRequests;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the public listener. */
final class TaskApiVerticle extends VerticleBase {
    private static final int SHUTDOWN_SECONDS = 5;

    private final ListenerConfig listener;
    private final ConnectionLimits limits;
    private final ApiRouter router;
    private final Metrics metrics;
    private @Nullable HttpServer server;

    TaskApiVerticle(ListenerConfig listener, ConnectionLimits limits, ApiRouter router, Metrics metrics) {
        this.listener = listener;
        this.limits = limits;
        this.router = router;
        this.metrics = metrics;
    }

    @Override
    public Future<HttpServer> start() {
        metrics.watchEventLoop(vertx);
        server = PublicServer.create(vertx, limits, new UnreadableRequests(), router.create(vertx));
        return listener.listen(server);
    }

    /** Answers what is in flight and takes nothing new. */
    @Override
    public Future<Void> stop() {
        return server == null ? Future.succeededFuture() : server.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }

    /** The port that was bound. */
    int port() {
        return server == null ? 0 : server.actualPort();
    }
}
