package io.pakaura.syncgateway.session;

/**
 * With a client that sends what leads to nothing: pings whose pongs it does not read, and frames behind a close. For
 * one event loop.
 */
final class Patience {
    /** Pongs that may wait. RFC 6455, section 5.5.3, would let us off with one. */
    private static final int UNREAD_PONGS = 100;

    /** What was on its way when the session was closed: a thousand small frames, or a few large ones. */
    private static final int LEFTOVERS = 1_024;

    private static final int BYTES_OF_LEFTOVER = 256;

    private int unreadPongs;
    private int leftovers;

    /**
     * A ping came.
     *
     * @param isFull whether the client does not read what is sent
     * @return whether it may go on
     */
    boolean pinged(boolean isFull) {
        unreadPongs = isFull ? unreadPongs + 1 : 0;
        return unreadPongs <= UNREAD_PONGS;
    }

    /**
     * A frame came though the session is closed.
     *
     * @return whether it may go on
     */
    boolean sentAfterClose(int bytes) {
        leftovers += 1 + bytes / BYTES_OF_LEFTOVER;
        return leftovers <= LEFTOVERS;
    }
}
