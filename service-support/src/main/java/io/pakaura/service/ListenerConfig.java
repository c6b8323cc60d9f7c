package io.pakaura.service;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import java.net.BindException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a listener binds.
 *
 * @param host address or host name
 * @param port 0 picks a free one
 */
public record ListenerConfig(String host, int port) {
    private static final AtomicInteger SHARED_PORTS = new AtomicInteger();

    /**
     * For a listener that several event loops serve together: instead of 0, which would give each a port of its own, a
     * negative number, which Vert.x takes as the name of a free port that all who say it share.
     */
    public ListenerConfig shared() {
        return port == 0 ? new ListenerConfig(host, -SHARED_PORTS.incrementAndGet()) : this;
    }

    /** Listens, and says in a failure where that was. */
    public Future<HttpServer> listen(HttpServer server) {
        return server.listen(port, host)
                .recover(failure -> Future.failedFuture(
                        failure instanceof BindException
                                ? new BindException(host + ":" + port + ": " + failure.getMessage())
                                : failure));
    }

    /** The public listener: {@code HTTP_HOST}, {@code HTTP_PORT}. */
    public static ListenerConfig http(Settings settings, int defaultPort) {
        return read(settings, "HTTP", defaultPort);
    }

    /** The Dapr and operations listener: {@code OPS_HOST}, {@code OPS_PORT}. */
    public static ListenerConfig ops(Settings settings, int defaultPort) {
        return read(settings, "OPS", defaultPort);
    }

    /** Two listeners on one port would share its connections at random, and make private routes public. */
    public static void requireTwoPorts(Settings settings, ListenerConfig http, ListenerConfig ops) {
        if (http.port != 0 && http.port == ops.port) {
            settings.fault("OPS_PORT", "must not be HTTP_PORT");
        }
    }

    private static ListenerConfig read(Settings settings, String prefix, int defaultPort) {
        return new ListenerConfig(
                settings.text(prefix + "_HOST", "0.0.0.0"), settings.number(prefix + "_PORT", defaultPort, 0, 65_535));
    }
}
