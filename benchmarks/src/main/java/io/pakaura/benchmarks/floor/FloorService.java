package io.pakaura.benchmarks.floor;

import io.pakaura.service.Service;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raw sockets on one port, and on another {@code POST /events/USER}, whose body goes to that user's sockets, and {@code
 * POST /answer}, whose body is read and that is all. All of it on one event loop: no event is handed from one to another.
 */
final class FloorService implements Service {
    private static final Logger log = LoggerFactory.getLogger(FloorService.class);
    private static final String HOST = "127.0.0.1";
    private static final String EVENTS = "/events/";

    private final Vertx vertx;
    private final Loop loop;
    private final String deployment;

    private FloorService(Vertx vertx, Loop loop, String deployment) {
        this.vertx = vertx;
        this.loop = loop;
        this.deployment = deployment;
    }

    static Future<FloorService> start(Vertx vertx) {
        Loop loop = new Loop();
        return vertx.deployVerticle(loop).map(deployment -> new FloorService(vertx, loop, deployment));
    }

    private static final class Loop extends VerticleBase {
        private final RawSockets sockets = new RawSockets();
        private int port;
        private int opsPort;

        @Override
        public Future<?> start() {
            NetServer webSockets = vertx.createNetServer().connectHandler(sockets::connected);
            HttpServer events = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                    .requestHandler(this::receive);
            return webSockets
                    .listen(0, HOST)
                    .onSuccess(listening -> port = listening.actualPort())
                    .compose(listening -> events.listen(0, HOST))
                    .onSuccess(listening -> opsPort = listening.actualPort());
        }

        private void receive(HttpServerRequest request) {
            request.body().onFailure(FloorService::logFailure).onSuccess(body -> {
                String path = request.path();
                if (path.startsWith(EVENTS)) {
                    sockets.send(path.substring(EVENTS.length()), body);
                }
                request.response().end().onFailure(FloorService::logFailure);
            });
        }
    }

    static void logFailure(Throwable failure) {
        log.debug("a peer is gone", failure);
    }

    @Override
    public String describe() {
        return "floor on port " + loop.port + ", operations on port " + loop.opsPort;
    }

    @Override
    public Future<Void> close() {
        return vertx.undeploy(deployment);
    }
}
