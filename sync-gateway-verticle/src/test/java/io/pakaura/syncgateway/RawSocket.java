package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;

/** A WebSocket that was opened, and takes no part in anything after that. */
final class RawSocket {
    private static final String HANDSHAKE =
            """
            GET /sync HTTP/1.1\r
            Host: gateway\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            X-Correlation-Id: %s\r
            \r
            """;

    private final NetSocket socket;

    private RawSocket(NetSocket socket) {
        this.socket = socket;
    }

    static RawSocket open(Vertx vertx, GatewayFixture fixture, String correlationId) {
        NetSocket socket = await(vertx.createNetClient().connect(fixture.gateway.httpPort(), "127.0.0.1"));
        Promise<Void> upgraded = Promise.promise();
        socket.handler(response -> upgraded.tryComplete());
        await(socket.write(HANDSHAKE.formatted(correlationId)));
        await(upgraded.future());
        return new RawSocket(socket);
    }

    /** Without a close frame. */
    void drop() {
        await(socket.close());
    }
}
