package io.pakaura.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.publisher.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A client of {@code /sync} that shares no code with the gateway: the JDK's WebSocket. Remembers all it is sent. */
final class SyncSocket implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final WebSocket socket;
    private volatile int closeCode;

    private SyncSocket(URI uri) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("cloudevents.json")
                .buildAsync(uri, new Listener())
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** Connects, says hello and waits for the welcome. */
    static SyncSocket welcomed(int port, String token) {
        SyncSocket socket = new SyncSocket(URI.create("ws://127.0.0.1:" + port + "/sync"));
        socket.send("sync.hello", "{\"token\": \"%s\"}".formatted(token));
        Await.until(() -> !socket.ofType("sync.welcome").isEmpty());
        return socket;
    }

    void send(String type, String data) {
        String event =
                """
                {"specversion": "1.0", "id": "%s", "source": "test", "type": "%s", "data": %s}"""
                        .formatted(UUID.randomUUID(), type, data);
        socket.sendText(event, true).orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** What came of this type, in the order in which it came. */
    List<JsonNode> ofType(String type) {
        return messages.stream()
                .filter(message -> message.path("type").asText().equals(type))
                .toList();
    }

    /** Revisions of the {@code sync.task} messages, in the order in which they came. */
    List<Long> revisions() {
        return ofType("sync.task").stream()
                .map(message -> message.path("data").path("revision").asLong())
                .toList();
    }

    /** 0 while it is open. */
    int closeCode() {
        return closeCode;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(parse(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeCode = code;
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }

        private static JsonNode parse(String json) {
            try {
                return MAPPER.readTree(json);
            } catch (IOException notJson) {
                throw new UncheckedIOException(notJson);
            }
        }
    }
}
