package io.pakaura.syncgateway.session;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * Cuts a connection whose peer does not read. Below Vert.x's public API: {@link ServerWebSocket#close()} puts a close
 * frame behind what is queued and then waits for it to be written, with no end if the peer never reads.
 */
final class SocketAbort {

    private SocketAbort() {}

    /** @param socket as Vert.x core made it; a wrapper of vertx-web has no way in */
    static void abort(ServerWebSocket socket) {
        var unused = ((WebSocketInternal) socket).channelHandlerContext().close();
    }
}
