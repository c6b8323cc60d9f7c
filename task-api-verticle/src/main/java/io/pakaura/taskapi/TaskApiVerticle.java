package io.pakaura.taskapi;

import io.pakaura.service.ListenerConfig;
import io.pakaura.service.TokenCheck;
import io.pakaura.taskapi.http.ApiRouter;
import io.pakaura.taskapi.http.Contract;
import io.pakaura.taskapi.task.TaskService;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the public listener. */
final class TaskApiVerticle extends VerticleBase {
    private static final int IDLE_SECONDS = 60;
    private static final int SHUTDOWN_SECONDS = 5;

    private final ListenerConfig listener;
    private final Contract contract;
    private final TokenCheck tokens;
    private final TaskService tasks;
    private @Nullable HttpServer server;

    TaskApiVerticle(ListenerConfig listener, Contract contract, TokenCheck tokens, TaskService tasks) {
        this.listener = listener;
        this.contract = contract;
        this.tokens = tokens;
        this.tasks = tasks;
    }

    @Override
    public Future<HttpServer> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        server = vertx.createHttpServer(options).requestHandler(ApiRouter.create(vertx, contract, tokens, tasks));
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
