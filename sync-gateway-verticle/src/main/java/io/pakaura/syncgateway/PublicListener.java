package io.pakaura.syncgateway;

import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The options of the public listener. */
final class PublicListener {
    /**
     * A client that sends a frame above {@link io.pakaura.syncgateway.session.SessionLimits#messageBytes} is told so by
     * a close code; above this, Vert.x cuts the connection before it has read it all.
     */
    private static final int MAX_FRAME_BYTES = 256 * 1024;

    /** No byte either way for so long: the peer is gone. A session says something more often than that. */
    private static final int IDLE_SECONDS = 75;

    private static final AtomicInteger FREE_PORT = new AtomicInteger();

    private PublicListener() {}

    static HttpServerOptions options(SyncGatewayConfig config) {
        return new HttpServerOptions()
                .setHost(config.http().host())
                .setPort(shared(config.http().port()))
                .setHttp2ClearTextEnabled(false)
                .setStrictThreadMode(true)
                .setIdleTimeout(IDLE_SECONDS)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketSubProtocols(List.of("cloudevents.json"))
                .setMaxWebSocketFrameSize(MAX_FRAME_BYTES)
                .setMaxWebSocketMessageSize(MAX_FRAME_BYTES);
    }

    /** Servers that ask for port 0 get a port each; those that ask for the same negative number get one together. */
    private static int shared(int port) {
        return port == 0 ? -FREE_PORT.incrementAndGet() : port;
    }
}
