package io.pakaura.taskapi;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stands between the API and its database, and can do what a failover does: connections stay, and nothing comes back. */
final class FreezableProxy {
    private final Queue<NetSocket> sockets = new ConcurrentLinkedQueue<>();
    private final Vertx vertx;

    /** In a field, since Vert.x closes a client that is garbage, and its connections with it. */
    private final NetClient targets;

    private final int targetPort;
    private NetServer server;
    private volatile boolean silent;

    FreezableProxy(Vertx vertx, int targetPort) throws TimeoutException {
        this.vertx = vertx;
        this.targets = vertx.createNetClient();
        this.targetPort = targetPort;
        server = listen();
    }

    /** Takes connections, on the port of before if there was one. */
    NetServer listen() throws TimeoutException {
        server = vertx.createNetServer()
                .connectHandler(client -> {
                    client.pause();
                    if (silent) {
                        return;
                    }
                    targets.connect(targetPort, "localhost").onSuccess(target -> {
                        sockets.add(client);
                        sockets.add(target);
                        client.pipeTo(target);
                        target.pipeTo(client);
                    });
                })
                .listen(server == null ? 0 : server.actualPort(), "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        return server;
    }

    /** From here on, nothing comes through, and new connections are taken and left without an answer. */
    void silence() {
        silent = true;
        freeze();
    }

    /** Closes all connections, and takes no new ones. */
    void stop() throws TimeoutException {
        server.close().await(10, TimeUnit.SECONDS);
        sockets.forEach(NetSocket::close);
        sockets.clear();
    }

    int port() {
        return server.actualPort();
    }

    /** From here on, connections that are open carry nothing any more; new ones work. */
    void freeze() {
        sockets.forEach(socket -> socket.handler(swallowed -> {}));
        sockets.clear();
    }
}
