package io.pakaura.syncgateway;

import io.pakaura.service.ListenerConfig;
import io.pakaura.service.Metrics;
import io.pakaura.syncgateway.http.PublicRoutes;
import io.pakaura.syncgateway.session.Drain;
import io.pakaura.syncgateway.session.SessionEnvironment;
import io.pakaura.syncgateway.session.Sessions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.util.function.Supplier;

/** One event loop of the gateway: its share of the public port, of the sockets and of the users' channels. */
final class SyncGatewayVerticle extends VerticleBase {
    private final ListenerConfig listener;
    private final PublicRoutes routes;
    private final SessionEnvironment environment;
    private final Metrics metrics;
    private final Sessions sessions;
    private int port;

    SyncGatewayVerticle(
            ListenerConfig listener,
            PublicRoutes routes,
            SessionEnvironment environment,
            Drain drain,
            Metrics metrics) {
        this.listener = listener;
        this.routes = routes;
        this.environment = environment;
        this.metrics = metrics;
        this.sessions = new Sessions(environment, drain);
    }

    @Override
    public Future<?> start() {
        metrics.watchEventLoop(vertx);
        environment.audience().add(context, sessions);
        return environment.channels().addLoop(context).compose(all -> onItsLoop(this::listen));
    }

    private Future<HttpServer> listen() {
        return listener.listen(
                        vertx.createHttpServer(PublicListener.options()).requestHandler(routes.handler(sessions)))
                .onSuccess(server -> port = server.actualPort());
    }

    private <T> Future<T> onItsLoop(Supplier<Future<T>> action) {
        return Future.future(done -> context.runOnContext(
                here -> Future.succeededFuture().compose(now -> action.get()).onComplete(done)));
    }

    /** The port that was bound, once deployed. */
    int port() {
        return port;
    }

    @Override
    public Future<?> stop() {
        return sessions.drain();
    }
}
