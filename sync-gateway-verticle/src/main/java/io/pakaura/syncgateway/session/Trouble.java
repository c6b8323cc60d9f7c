package io.pakaura.syncgateway.session;

import io.pakaura.service.FloodLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** What clients do that an operator may want to know of, once a minute. */
public enum Trouble implements FloodLog.Kind {
    /** The gateway has all the sockets that it bears. Who asks next was told to come again, or has another's place. */
    NO_SOCKET_ROOM(Level.WARN, "too many sockets"),

    /** Likewise. */
    NO_HELLO_ROOM(Level.WARN, "too many sockets have not said hello"),

    /** The event loop has all the connections that it bears. */
    NO_CONNECTION_ROOM(Level.WARN, "too many connections: those that have asked nothing for longest are cut"),

    FOREIGN_ORIGIN(Level.INFO, "WebSockets of other origins were refused"),

    UNREADABLE(Level.INFO, "requests that are no HTTP were refused"),

    /** {@link CloseCode#MALFORMED}. */
    MALFORMED(Level.INFO, "clients sent what is not in the protocol, and were closed with 4400"),

    /** {@link CloseCode#UNAUTHENTICATED}. */
    UNAUTHENTICATED(Level.INFO, "clients had no good token, and were closed with 4401"),

    /** {@link CloseCode#FORBIDDEN}. */
    FORBIDDEN(Level.INFO, "clients had tokens of no possible user, and were closed with 4403"),

    /** {@link CloseCode#UNRESPONSIVE}. */
    UNRESPONSIVE(Level.INFO, "clients said or read nothing, and were closed with 4408"),

    /** {@link CloseCode#MESSAGE_TOO_LARGE}. */
    MESSAGE_TOO_LARGE(Level.INFO, "clients sent too large messages, and were closed with 4413"),

    /** {@link CloseCode#TOO_MANY}. */
    TOO_MANY(Level.INFO, "clients sent too much or came too often, and were closed with 4429"),

    CUT(Level.INFO, "connections were cut, as their clients took no part in closing them");

    private final Level level;
    private final String message;

    Trouble(Level level, String message) {
        this.level = level;
        this.message = message;
    }

    @Override
    public Level level() {
        return level;
    }

    @Override
    public String message() {
        return message;
    }

    /** What a close is about; {@code null} if the client did nothing wrong. */
    static @Nullable Trouble of(CloseCode code) {
        return switch (code) {
            case SERVICE_RESTART -> null;
            case MALFORMED -> MALFORMED;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case FORBIDDEN -> FORBIDDEN;
            case UNRESPONSIVE -> UNRESPONSIVE;
            case MESSAGE_TOO_LARGE -> MESSAGE_TOO_LARGE;
            case TOO_MANY -> TOO_MANY;
        };
    }
}
