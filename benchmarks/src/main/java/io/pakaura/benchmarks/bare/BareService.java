package io.pakaura.benchmarks.bare;

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
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Serves {@link BareHandler} as the task API is served: on as many event loops, over the same pool. */
record BareService(Vertx vertx, String deployment, TokenCheck tokens, Pool pool, AfterInsert afterInsert, int port)
        implements Service {
    /** On a machine that is busy with starting the rest, a connection may take longer than the pool has patience. */
    private static final int ATTEMPTS = 20;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    static Future<BareService> start(Vertx vertx, TaskApiConfig config) {
        Pool pool = TaskApi.pool(vertx, config.database());
        TokenCheck tokens = TokenCheck.start(vertx, config.tokens(), Clock.systemUTC());
        AfterInsert afterInsert =
                config.publisher().enabled() ? new AwaitedPublishes(vertx, config.publisher()) : AfterInsert.NOTHING;
        BareHandler handler = new BareHandler(pool, tokens, afterInsert);
        ListenerConfig listener = config.http().shared();
        Queue<HttpServer> servers = new ConcurrentLinkedQueue<>();
        return createTables(vertx, pool, ATTEMPTS)
                .compose(created -> vertx.deployVerticle(
                        () -> new Listener(listener, handler, servers),
                        new DeploymentOptions().setInstances(config.eventLoops())))
                .map(id -> new BareService(
                        vertx, id, tokens, pool, afterInsert, servers.element().actualPort()));
    }

    private static Future<Void> createTables(Vertx vertx, Pool pool, int attempts) {
        return BareHandler.createTables(pool).recover(failure -> {
            if (attempts == 1) {
                return Future.failedFuture(failure);
            }
            return vertx.timer(BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS)
                    .compose(again -> createTables(vertx, pool, attempts - 1));
        });
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
        return vertx.undeploy(deployment)
                .eventually(tokens::close)
                .eventually(pool::close)
                .onComplete(closed -> afterInsert.close());
    }
}
