package io.pakaura.syncgateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that keeps what it hears in the order it came. */
final class Client {
    private static final long PATIENCE_SECONDS = 20;

    final ClientWebSocket socket;

    /** Vert.x closes a client, and its sockets, when nobody holds it any more. */
    @SuppressWarnings("unused")
    private final WebSocketClient owner;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Promise<Integer> closed = Promise.promise();
    private volatile long closedAt;

    Client(WebSocketClient owner) {
        this.owner = owner;
        this.socket = owner.webSocket();
    }

    Future<WebSocket> open(WebSocketConnectOptions options) {
        socket.textMessageHandler(heard::add);
        socket.closeHandler(gone -> {
            closedAt = System.nanoTime();
            closed.tryComplete((int) socket.closeStatusCode());
        });
        return socket.connect(options);
    }

    void hello(String token) {
        say("sync.hello", new JsonObject().put("token", token));
    }

    void renew(String token) {
        say("sync.token", new JsonObject().put("token", token));
    }

    void pong() {
        say("sync.pong", new JsonObject());
    }

    void say(String type, JsonObject data) {
        write(new JsonObject()
                .put("specversion", "1.0")
                .put("id", "1")
                .put("source", "pakaura/test")
                .put("type", type)
                .put("data", data)
                .encode());
    }

    void write(String text) {
        GatewayFixture.await(socket.writeFinalTextFrame(text));
    }

    /** The next message, as it came. */
    String next() {
        try {
            String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("a message within %d s", PATIENCE_SECONDS).isNotNull();
            return String.valueOf(next);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** The next message, which must be of this type. */
    @CanIgnoreReturnValue
    JsonObject expect(String type) {
        JsonObject message = new JsonObject(next());
        assertThat(message.getString("type")).as("%s", message).isEqualTo(type);
        return message;
    }

    /** The next message's data; it must be of this type. */
    @CanIgnoreReturnValue
    JsonObject expectData(String type) {
        return expect(type).getJsonObject("data");
    }

    /** Waits for a message of this type, whatever comes before. */
    @CanIgnoreReturnValue
    JsonObject skipTo(String type) {
        JsonObject message = new JsonObject(next());
        while (!message.getString("type").equals(type)) {
            message = new JsonObject(next());
        }
        return message;
    }

    boolean isClosed() {
        return closed.future().isComplete();
    }

    /** Waits for the end. */
    int closeCode() {
        return GatewayFixture.await(closed.future());
    }

    /** What the gateway said to its developer, once it is closed. */
    String closeReason() {
        return socket.closeReason();
    }

    /** When it was closed, by {@link System#nanoTime}. */
    long closedAt() {
        return closedAt;
    }

    boolean hasHeardNothing() {
        return heard.isEmpty();
    }
}
