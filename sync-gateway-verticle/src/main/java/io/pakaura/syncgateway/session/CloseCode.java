package io.pakaura.syncgateway.session;

/** Why the gateway ends a session (RFC 6455, section 7.4; 4000 to 4999 are ours), and what the client does about it. */
public enum CloseCode {
    /**
     * This pod is going, or cannot check tokens just now. The client reconnects, after the time that {@code
     * sync.goaway} told it, or else with backoff.
     */
    SERVICE_RESTART(1012),

    /** A frame that is not a CloudEvent in JSON, or makes no sense at this point. The client stops: it is a bug. */
    MALFORMED(4400),

    /** The token is missing, wrong, expired, or another user's. The client gets a new token and reconnects. */
    UNAUTHENTICATED(4401),

    /** The token is good, but whom it names can be no user here. The client stops: another token would name the same. */
    FORBIDDEN(4403),

    /** No hello in time, no pong, or nothing read for too long. The client reconnects. */
    UNRESPONSIVE(4408),

    /** A message larger than 64 KiB. The client stops: it is a bug. */
    MESSAGE_TOO_LARGE(4413),

    /** Too many connections of this user, or too many messages. The client reconnects with backoff. */
    TOO_MANY(4429);

    private final short code;

    CloseCode(int code) {
        this.code = (short) code;
    }

    /** The status code of the close frame. */
    public short code() {
        return code;
    }
}
