package io.pakaura.syncgateway.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the gateway itself says to a client. */
public sealed interface ServerMessage {

    /** The CloudEvent's {@code type}. */
    String type();

    /** The CloudEvent's {@code data}; empty for a message that has none. */
    Map<String, ?> data();

    /**
     * The session is joined and receives from here on: now the client fetches the delta.
     *
     * @param session names the connection in logs
     * @param ping a client that hears nothing for clearly longer reconnects
     * @param tokenExpiresAt when the session ends unless a fresh token comes
     */
    record Welcome(String session, Duration ping, Instant tokenExpiresAt) implements ServerMessage {
        @Override
        public String type() {
            return "sync.welcome";
        }

        @Override
        public Map<String, ?> data() {
            return Map.of(
                    "session",
                    session,
                    "ping_seconds",
                    ping.toSeconds(),
                    "token_expires_at",
                    Timestamps.format(tokenExpiresAt));
        }
    }

    /**
     * Something may have been missed: the client fetches the delta.
     *
     * @param reason to be read by people
     * @param spread the client waits a random part of it first
     */
    record Resync(String reason, Duration spread) implements ServerMessage {
        @Override
        public String type() {
            return "sync.resync";
        }

        @Override
        public Map<String, ?> data() {
            return Map.of("reason", reason, "spread_ms", spread.toMillis());
        }
    }

    /**
     * The feed is down: the client polls the delta until {@link Resync}.
     *
     * @param spread the client waits a random part of it before the first time
     */
    record Stale(Duration spread) implements ServerMessage {
        @Override
        public String type() {
            return "sync.stale";
        }

        @Override
        public Map<String, ?> data() {
            return Map.of("spread_ms", spread.toMillis());
        }
    }

    /** Nothing else to say: are you there? */
    record Ping() implements ServerMessage {
        @Override
        public String type() {
            return "sync.ping";
        }

        @Override
        public Map<String, ?> data() {
            return Map.of();
        }
    }

    /** The token ends soon: the client sends a fresh one. */
    record TokenExpiring(Instant expiresAt) implements ServerMessage {
        @Override
        public String type() {
            return "sync.token-expiring";
        }

        @Override
        public Map<String, ?> data() {
            return Map.of("expires_at", Timestamps.format(expiresAt));
        }
    }

    /** This pod is going: the client reconnects after that time. */
    record Goaway(Duration reconnectAfter) implements ServerMessage {
        @Override
        public String type() {
            return "sync.goaway";
        }

        @Override
        public Map<String, ?> data() {
            return Map.of("reconnect_after_ms", reconnectAfter.toMillis());
        }
    }
}
