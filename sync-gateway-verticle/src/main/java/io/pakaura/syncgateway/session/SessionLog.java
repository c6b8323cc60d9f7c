package io.pakaura.syncgateway.session;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What the log tells of one session: by which ids it is found on every line, and one line of access log at its end. There
 * are many idle sessions, so it keeps ids and counts only. For one event loop.
 */
final class SessionLog {
    /** Of its own name: access lines may go another way than the rest. */
    private static final Logger access = LoggerFactory.getLogger("sync-gateway.access");

    private final String session = UUID.randomUUID().toString();
    private final String correlationId;
    private final long openedAt = System.nanoTime();
    private @Nullable String user;
    private long received;

    /** @param correlationId of the handshake */
    SessionLog(String correlationId) {
        this.correlationId = correlationId;
    }

    /** The session's id, which its client hears in {@code sync.welcome}. */
    String session() {
        return session;
    }

    /** The client has said who it is. */
    void isOf(String knownUser) {
        user = knownUser;
    }

    /** A message came. */
    void received() {
        received++;
    }

    /**
     * Says which session a line is about. The correlation of the running context does not: a session is also told things by
     * the feed, by timers and by the drain.
     */
    LoggingEventBuilder on(LoggingEventBuilder line) {
        LoggingEventBuilder known = line.addKeyValue("session", session).addKeyValue("correlation_id", correlationId);
        return user == null ? known : known.addKeyValue("user_id", user);
    }

    /**
     * The socket is gone.
     *
     * @param code the gateway's if it closed the session, else the client's (RFC 6455, section 7.4.1; 1006 if there was none)
     * @param reason the gateway's, never the client's words
     */
    void ended(int code, String reason, String remoteAddress, OutboundQueue sent) {
        on(access.atInfo())
                .addKeyValue("remote_address", remoteAddress)
                .addKeyValue("close_code", code)
                .addKeyValue("close_reason", reason)
                .addKeyValue(
                        "duration_ms",
                        Duration.ofNanos(System.nanoTime() - openedAt).toMillis())
                .addKeyValue("messages_received", received)
                .addKeyValue("messages_sent", sent.messages())
                .addKeyValue("bytes_sent", sent.bytes())
                .log("session ended");
    }
}
