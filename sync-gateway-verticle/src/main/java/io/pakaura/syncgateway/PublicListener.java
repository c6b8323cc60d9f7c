package io.pakaura.syncgateway;

import io.vertx.core.http.HttpServerOptions;
import java.util.List;

/** The options of the public listener. */
final class PublicListener {
    /**
     * A client that sends a frame above {@link io.pakaura.syncgateway.session.SessionLimits#messageBytes} is told so by
     * a close code; above this, Vert.x cuts the connection before it has read it all.
     */
    private static final int MAX_FRAME_BYTES = 256 * 1024;

    /** No byte from the peer for so long: it is gone. A session answers a ping more often than that. */
    private static final int IDLE_SECONDS = 75;

    private PublicListener() {}

    static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setStrictThreadMode(true)
                .setReadIdleTimeout(IDLE_SECONDS)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketSubProtocols(List.of("cloudevents.json"))
                .setMaxWebSocketFrameSize(MAX_FRAME_BYTES)
                .setMaxWebSocketMessageSize(MAX_FRAME_BYTES);
    }
}
