package io.pakaura.service;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The connections of one event loop that speak HTTP and are no WebSockets, or not yet. Each has so long for its first
 * request, and so long from one request to the next, however busy it is meanwhile. Where there are too many, the ones that
 * have asked nothing for longest go: who means well asks as soon as he is there. For that event loop.
 */
public final class HttpConnections {
    private static final long MAX_CHECK_MILLIS = 1_000;

    /** A time is checked to within this part of it. */
    private static final int CHECKS_IN_A_TIME = 4;

    private final ConnectionLimits limits;
    private final Runnable tooMany;
    /** Have asked nothing yet; since when, by {@link System#nanoTime}, the oldest first. */
    private final Map<HttpConnection, Long> silent = new LinkedHashMap<>();
    /** Have asked; when last, in the same order. */
    private final Map<HttpConnection, Long> served = new LinkedHashMap<>();

    /** Something they sent was unreadable: what follows may be part of it, and is not looked at. */
    private final Set<HttpConnection> refused = new HashSet<>();

    /**
     * To be made on the event loop, in a verticle.
     *
     * @param limits of those, {@code connections}, {@code firstRequest} and {@code idle}
     * @param tooMany told each time that one makes room
     */
    public HttpConnections(Vertx vertx, ConnectionLimits limits, Runnable tooMany) {
        this.limits = limits;
        this.tooMany = tooMany;
        long shortest = Math.min(limits.firstRequest().toMillis(), limits.idle().toMillis());
        vertx.setPeriodic(Math.max(1, Math.min(MAX_CHECK_MILLIS, shortest / CHECKS_IN_A_TIME)), due -> cutOverdue());
    }

    /**
     * Watches a server's connections.
     *
     * @param unreadable answers what is no HTTP request, or one with too long a head or a {@link Framing} in doubt, and
     *     ends the connection
     */
    public HttpServer serve(
            HttpServer server, Handler<HttpServerRequest> unreadable, Handler<HttpServerRequest> requests) {
        Handler<HttpServerRequest> refusing = request -> {
            refused.add(request.connection());
            unreadable.handle(request);
        };
        return server.connectionHandler(this::opened)
                .invalidRequestHandler(begun(refusing))
                .requestHandler(
                        begun(request -> (Framing.faultOf(request) == null ? requests : refusing).handle(request)));
    }

    private void opened(HttpConnection connection) {
        if (silent.size() + served.size() >= limits.connections()) {
            tooMany.run();
            cut((silent.isEmpty() ? served : silent).keySet().iterator().next());
        }
        silent.put(connection, System.nanoTime());
        connection.closeHandler(closed -> {
            forget(connection);
            refused.remove(connection);
        });
    }

    private Handler<HttpServerRequest> begun(Handler<HttpServerRequest> next) {
        return request -> {
            HttpConnection connection = request.connection();
            if (mayAsk(connection)) {
                forget(connection);
                served.put(connection, System.nanoTime());
                if (request.response().writeQueueFull()) {
                    cut(connection); // It asks on and on, and does not read what it is answered.
                } else {
                    next.handle(request);
                }
            }
        };
    }

    /** It is a WebSocket from here on, or gone. */
    public void upgraded(HttpConnection connection) {
        forget(connection);
    }

    private void forget(HttpConnection connection) {
        silent.remove(connection);
        served.remove(connection);
    }

    /** Not of one that was cut, though something had been read of it by then. */
    private boolean mayAsk(HttpConnection connection) {
        return !refused.contains(connection) && (silent.containsKey(connection) || served.containsKey(connection));
    }

    private void cutOverdue() {
        cutAll(silent, limits.firstRequest());
        cutAll(served, limits.idle());
    }

    private void cutAll(Map<HttpConnection, Long> connections, Duration limit) {
        long latest = System.nanoTime() - limit.toNanos();
        List<HttpConnection> overdue = connections.entrySet().stream()
                .takeWhile(connection -> connection.getValue() - latest < 0)
                .map(Map.Entry::getKey)
                .toList();
        overdue.forEach(this::cut);
    }

    /** {@link HttpConnection#close} waits until what was answered is read, with no end. */
    private void cut(HttpConnection connection) {
        forget(connection);
        var unused = ((HttpServerConnection) connection).channelHandlerContext().close();
    }
}
