package io.pakaura.endtoend.restart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.endtoend.restart.Journal.Move;
import io.pakaura.endtoend.system.GatewayProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client as docs/sync-protocol.md wants it, which shares no code with the gateway. For one event loop, but its getters. */
final class CrowdClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long FIRST_BACKOFF_MS = 500;
    private static final long LONGEST_BACKOFF_MS = 10_000;
    private static final long SWAP_PATIENCE_MS = 300;
    private static final int SERVICE_RESTART = 1012;

    private final Crowd crowd;
    private final Vertx vertx;
    private final String user;
    private final String token;
    private final Replica replica = new Replica();
    private @Nullable ClientWebSocket socket;
    private volatile String gateway = "";
    private int failures;
    private boolean isAskedToGo;
    private long toldAt;
    private long hintMs;
    private long lostAt;
    private boolean isWaitingForSwap;
    private volatile boolean isFetching;
    private volatile boolean isWelcome;
    private volatile long last;

    CrowdClient(Crowd crowd, Vertx vertx, String user, String token) {
        this.crowd = crowd;
        this.vertx = vertx;
        this.user = user;
        this.token = token;
    }

    String user() {
        return user;
    }

    /** From any thread: whether a gateway serves it. */
    boolean isWelcome() {
        return isWelcome;
    }

    /** From any thread. */
    boolean isServedBy(GatewayProcess process) {
        return isWelcome && gateway.equals(process.name());
    }

    /** From any thread: up to here it has everything. */
    long last() {
        return isFetching ? -1 : last;
    }

    /** Once nothing changes any more. */
    Replica replica() {
        return replica;
    }

    void connect() {
        Optional<GatewayProcess> picked = crowd.front().pick();
        if (picked.isEmpty()) {
            crowd.journal().surprise("no gateway is ready");
            retry();
            return;
        }
        crowd.journal().connects();
        gateway = picked.get().name();
        ClientWebSocket opening = crowd.webSockets().webSocket();
        socket = opening;
        opening.textMessageHandler(text -> received(opening, text));
        opening.closeHandler(closed -> closed(opening));
        opening.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(picked.get().port())
                        .setURI("/sync")
                        .addSubProtocol("cloudevents.json"))
                .onSuccess(open -> say(opening, "sync.hello", "{\"token\": \"" + token + "\"}"))
                .onFailure(refused -> {
                    crowd.journal().surprise("refused by " + gateway + ": " + refused.getMessage());
                    retry();
                });
    }

    private static void say(ClientWebSocket to, String type, String data) {
        to.writeTextMessage(
                        """
                        {"specversion":"1.0","id":"1","source":"test","type":"%s","data":%s}"""
                                .formatted(type, data))
                .onFailure(gone -> {}); // It will be closed, and that is told.
    }

    private void received(ClientWebSocket from, String text) {
        if (from != socket) {
            return; // It was left.
        }
        JsonNode message = parse(text);
        JsonNode data = message.path("data");
        switch (message.get("type").asText()) {
            case "sync.welcome" -> welcomed();
            case "sync.task" -> changed(Change.of(data));
            case "sync.goaway" -> askedToGo(from, data.get("reconnect_after_ms").asLong());
            case "sync.ping" -> say(from, "sync.pong", "{}");
            case "sync.resync", "sync.stale" ->
                vertx.setTimer(1 + random(data.get("spread_ms").asLong()), due -> fetchDelta());
            default -> {} // Newer gateways may say more.
        }
    }

    private void welcomed() {
        if (lostAt != 0) {
            crowd.journal().moved(new Move(toldAt, hintMs, lostAt, System.nanoTime()));
        }
        lostAt = 0;
        failures = 0;
        isAskedToGo = false;
        isWelcome = true;
        fetchDelta();
    }

    private void askedToGo(ClientWebSocket from, long afterMs) {
        isAskedToGo = true;
        toldAt = System.nanoTime();
        hintMs = afterMs;
        vertx.setTimer(Math.max(1, afterMs), due -> {
            if (from == socket) {
                lost();
                connect();
                from.close().onFailure(gone -> {}); // It was closed from there.
            }
        });
    }

    private void closed(ClientWebSocket from) {
        if (from != socket || crowd.isStopped()) {
            return;
        }
        Short code = from.closeStatusCode();
        lost();
        if (isAskedToGo && code != null && code == SERVICE_RESTART) {
            long left = hintMs - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - toldAt);
            vertx.setTimer(Math.max(1, left), due -> connect());
        } else {
            crowd.journal().surprise("closed by " + gateway + " with " + code);
            retry();
        }
    }

    private void lost() {
        socket = null;
        isWelcome = false;
        lostAt = lostAt == 0 ? System.nanoTime() : lostAt;
    }

    private void retry() {
        socket = null;
        long ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS << failures++);
        vertx.setTimer(1 + random(ceiling), due -> connect());
    }

    private void changed(Change change) {
        replica.offer(change);
        last = replica.last();
        if (replica.hasGap() && !isWaitingForSwap) {
            isWaitingForSwap = true;
            vertx.setTimer(SWAP_PATIENCE_MS + random(SWAP_PATIENCE_MS), due -> {
                isWaitingForSwap = false;
                if (replica.hasGap()) {
                    crowd.journal().gap();
                    fetchDelta();
                }
            });
        }
    }

    private void fetchDelta() {
        if (!isFetching) {
            isFetching = true;
            replica.beginDelta();
            fetchPage();
        }
    }

    private void fetchPage() {
        crowd.delta(token, replica.last())
                .onSuccess(text -> {
                    JsonNode page = parse(text);
                    replica.applyPage(page);
                    if (page.get("has_more").asBoolean()) {
                        fetchPage();
                    } else {
                        endDelta();
                    }
                })
                .onFailure(failed -> {
                    crowd.journal().surprise("a delta failed: " + failed.getMessage());
                    vertx.setTimer(1_000 + random(1_000), again -> fetchPage());
                });
    }

    private void endDelta() {
        replica.endDelta();
        last = replica.last();
        isFetching = false;
    }

    private static long random(long bound) {
        return bound <= 0 ? 0 : ThreadLocalRandom.current().nextLong(bound);
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(notJson);
        }
    }
}
