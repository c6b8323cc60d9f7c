package io.pakaura.syncgateway;

import io.pakaura.service.ConnectionLimits;
import io.pakaura.service.HttpConnections;
import io.pakaura.service.ListenerConfig;
import io.pakaura.service.Metrics;
import io.pakaura.service.OperationsListener;
import io.pakaura.syncgateway.http.PublicRoutes;
import io.pakaura.syncgateway.session.Drain;
import io.pakaura.syncgateway.session.OutboundBudget;
import io.pakaura.syncgateway.session.SessionEnvironment;
import io.pakaura.syncgateway.session.SessionLoop;
import io.pakaura.syncgateway.session.Sessions;
import io.pakaura.syncgateway.session.Trouble;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.web.Router;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One event loop of the gateway: its share of the public port, of the sockets and of the users' channels. */
final class SyncGatewayVerticle extends VerticleBase {
    private static final long SETTLE_MILLIS = 1_000;

    private final ListenerConfig listener;
    private final ConnectionLimits limits;
    private final PublicRoutes routes;
    private final SessionEnvironment environment;
    private final Metrics metrics;
    private final Drain drain;
    private final OutboundBudget budget;
    private int port;
    private volatile @Nullable Sessions sessions;

    SyncGatewayVerticle(
            ListenerConfig listener,
            ConnectionLimits limits,
            PublicRoutes routes,
            SessionEnvironment environment,
            Drain drain,
            OutboundBudget budget,
            Metrics metrics) {
        this.listener = listener;
        this.limits = limits;
        this.routes = routes;
        this.environment = environment;
        this.metrics = metrics;
        this.drain = drain;
        this.budget = budget;
    }

    @Override
    public Future<?> start() {
        metrics.watchEventLoop(vertx);
        Sessions own = new Sessions(new SessionLoop(vertx, budget), environment, drain);
        sessions = own;
        environment.audience().add(context, own);
        vertx.setPeriodic(SETTLE_MILLIS, due -> environment.troubles().settle());
        return listener.listen(publicServer(own)).onSuccess(server -> port = server.actualPort());
    }

    private HttpServer publicServer(Sessions own) {
        HttpServer server = vertx.createHttpServer(
                PublicListener.options(environment.limits().messageBytes()));
        var connections = new HttpConnections(vertx, limits, () -> environment
                .troubles()
                .add(Trouble.NO_CONNECTION_ROOM, line -> line.addKeyValue("connections", limits.connections())));
        return connections.serve(server, routes::unreadable, routes.handler(own, connections));
    }

    /** Opens the sidecar's listener, on the same loop: an event for a socket of this loop stays on it. */
    Future<OperationsListener> listenToSidecar(
            ListenerConfig ops, HealthChecks readiness, Function<Router, Handler<HttpServerRequest>> routes) {
        return Future.future(opened -> context.runOnContext(here ->
                OperationsListener.start(vertx, ops, readiness, metrics, routes).onComplete(opened)));
    }

    /** The port that was bound, once deployed. */
    int port() {
        return port;
    }

    /** Sends the loop's clients away; done when they are gone. The listeners close when the verticle is undeployed. */
    Future<Void> drain() {
        Sessions open = sessions;
        return open == null || port == 0 // It never listened.
                ? Future.succeededFuture()
                : Future.future(
                        drained -> context.runOnContext(here -> open.drain().onComplete(drained)));
    }
}
