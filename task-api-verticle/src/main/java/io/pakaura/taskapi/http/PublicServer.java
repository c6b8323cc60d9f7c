package io.pakaura.taskapi.http;

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

/**
 * The public listener of one event loop, and what a connection may cost it: {@value #MAX_CONNECTIONS} of them, a head of
 * 4 KiB for the request line and 8 KiB for the headers, and a time for whoever sends or reads slowly.
 */
public final class PublicServer {
    private static final Logger log = LoggerFactory.getLogger(PublicServer.class);

    /** More are closed as soon as they come. */
    static final int MAX_CONNECTIONS = 4_096;

    /** Who opens a connection has a request to send. */
    static final int FIRST_REQUEST_SECONDS = 10;

    /** Nothing read and nothing written: longer than a proxy in front keeps a connection that it does not use. */
    private static final int IDLE_SECONDS = 75;

    /** No answer read for so long, however busily the peer sends: it drips bytes into a request, or does not read. */
    private static final int NO_ANSWER_SECONDS = 110;

    private final Vertx vertx;
    private final Set<HttpConnection> silent = new HashSet<>();
    private int connections;

    private PublicServer(Vertx vertx) {
        this.vertx = vertx;
    }

    /** A server that is not listening yet. */
    public static HttpServer create(Vertx vertx, Handler<HttpServerRequest> router) {
        PublicServer server = new PublicServer(vertx);
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setWriteIdleTimeout(NO_ANSWER_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return vertx.createHttpServer(options)
                .connectionHandler(server::opened)
                .invalidRequestHandler(server.begun(new UnreadableRequests()))
                .requestHandler(server.begun(router));
    }

    private void opened(HttpConnection connection) {
        connections++;
        silent.add(connection);
        long deadline = vertx.setTimer(FIRST_REQUEST_SECONDS * 1_000, late -> {
            if (silent.contains(connection)) {
                close(connection);
            }
        });
        connection.closeHandler(closed -> {
            connections--;
            silent.remove(connection);
            vertx.cancelTimer(deadline);
        });
        if (connections > MAX_CONNECTIONS) {
            close(connection);
        }
    }

    private Handler<HttpServerRequest> begun(Handler<HttpServerRequest> next) {
        return request -> {
            silent.remove(request.connection());
            next.handle(request);
        };
    }

    static void close(HttpConnection connection) {
        connection.close().onFailure(gone -> log.debug("it was gone already", gone));
    }
}
