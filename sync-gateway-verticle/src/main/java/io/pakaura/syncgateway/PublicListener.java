package io.pakaura.syncgateway;

import io.vertx.core.http.HttpServerOptions;
import java.util.List;

/** The options of the public listener. */
final class PublicListener {
    /** No byte from the peer for so long: it is gone. A session answers a ping more often than that. */
    private static final int IDLE_SECONDS = 75;

    private PublicListener() {}

    /** @param messageBytes the largest frame that is read; a larger one is refused by its header */
    static HttpServerOptions options(int messageBytes) {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setStrictThreadMode(true)
                .setReadIdleTimeout(IDLE_SECONDS)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketSubProtocols(List.of("cloudevents.json"))
                .setMaxWebSocketFrameSize(messageBytes)
                .setMaxWebSocketMessageSize(messageBytes);
    }
}
