package io.pakaura.service;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public listener of one event loop, and how many connections it bears for how long. */
public final class PublicServer {
    private static final Logger log = LoggerFactory.getLogger(PublicServer.class);

    private final Vertx vertx;
    private final ConnectionLimits limits;
    private final Set<HttpConnection> silent = new HashSet<>();
    private final Set<HttpConnection> closing = new HashSet<>();
    private int connections;

    private PublicServer(Vertx vertx, ConnectionLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
    }

    /**
     * A server that is not listening yet.
     *
     * @param unreadable answers what is no HTTP request, or one with too long a head or a {@link Framing} in doubt, and
     *     ends the connection
     */
    public static HttpServer create(
            Vertx vertx,
            ConnectionLimits limits,
            Handler<HttpServerRequest> unreadable,
            Handler<HttpServerRequest> router) {
        PublicServer server = new PublicServer(vertx, limits);
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout((int) limits.idle().toMillis())
                .setWriteIdleTimeout((int) limits.noAnswer().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return vertx.createHttpServer(options)
                .connectionHandler(server::opened)
                .invalidRequestHandler(server.begun(unreadable))
                .requestHandler(server.begun(server.framed(unreadable, router)));
    }

    /** What follows a request whose end is in doubt may be part of it, so that nothing of it is looked at any more. */
    private Handler<HttpServerRequest> framed(
            Handler<HttpServerRequest> unreadable, Handler<HttpServerRequest> router) {
        return request -> {
            if (closing.contains(request.connection())) {
                log.debug("dropped a request behind one that was refused");
            } else if (Framing.faultOf(request) == null) {
                router.handle(request);
            } else {
                closing.add(request.connection());
                unreadable.handle(request);
            }
        };
    }

    private void opened(HttpConnection connection) {
        connections++;
        silent.add(connection);
        long deadline = vertx.setTimer(limits.firstRequest().toMillis(), late -> {
            if (silent.contains(connection)) {
                close(connection);
            }
        });
        connection.closeHandler(closed -> {
            connections--;
            silent.remove(connection);
            closing.remove(connection);
            vertx.cancelTimer(deadline);
        });
        if (connections > limits.connections()) {
            close(connection);
        }
    }

    private Handler<HttpServerRequest> begun(Handler<HttpServerRequest> next) {
        return request -> {
            silent.remove(request.connection());
            next.handle(request);
        };
    }

    /** Cuts a connection, and doesn't mind if it was gone. */
    public static void close(HttpConnection connection) {
        connection.close().onFailure(gone -> log.debug("it was gone already", gone));
    }
}
