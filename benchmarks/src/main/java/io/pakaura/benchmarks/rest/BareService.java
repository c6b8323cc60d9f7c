package io.pakaura.benchmarks.rest;

import io.pakaura.service.ListenerConfig;
import io.pakaura.service.Service;
import io.pakaura.service.TokenCheck;
import io.pakaura.taskapi.TaskApi;
import io.pakaura.taskapi.TaskApiConfig;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Serves {@link BareHandler} as the task API is served: on as many event loops, over the same pool. */
record BareService(Vertx vertx, String deployment, TokenCheck tokens, Pool pool, int port) implements Service {

    static Future<BareService> start(Vertx vertx, TaskApiConfig config) {
        Pool pool = TaskApi.pool(vertx, config.database());
        TokenCheck tokens = TokenCheck.start(vertx, config.tokens(), Clock.systemUTC());
        BareHandler handler = new BareHandler(pool, tokens);
        ListenerConfig listener = config.http().shared();
        Queue<HttpServer> servers = new ConcurrentLinkedQueue<>();
        return BareHandler.createTables(pool)
                .compose(created -> vertx.deployVerticle(
                        () -> new Listener(listener, handler, servers),
                        new DeploymentOptions().setInstances(config.eventLoops())))
                .map(id -> new BareService(
                        vertx, id, tokens, pool, servers.element().actualPort()));
    }

    /** One event loop's share. */
    private static final class Listener extends VerticleBase {
        private final ListenerConfig listener;
        private final BareHandler handler;
        private final Queue<HttpServer> servers;

        Listener(ListenerConfig listener, BareHandler handler, Queue<HttpServer> servers) {
            this.listener = listener;
            this.handler = handler;
            this.servers = servers;
        }

        @Override
        public Future<HttpServer> start() {
            HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
            return listener.listen(vertx.createHttpServer(options).requestHandler(handler))
                    .onSuccess(servers::add);
        }
    }

    @Override
    public String describe() {
        return "bare handler on port " + port;
    }

    @Override
    public Future<Void> close() {
        return vertx.undeploy(deployment).eventually(tokens::close).eventually(pool::close);
    }
}
