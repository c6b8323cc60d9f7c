package io.pakaura.syncgateway.session;

/**
 * What one socket still has to take. A client that reads too slowly falls behind: from then on its events are dropped,
 * until all that was queued has been written. It has missed something then, and must be told. For one event loop.
 */
final class OutboundQueue {

    /** Where frames go, in order. */
    interface Socket {
        /** Bytes that the operating system has not taken yet. */
        long queued();

        void write(OutboundFrame frame);

        /** Runs an action when all that was written before has been taken, or the socket is closed. */
        void whenWritten(Runnable action);
    }

    /** Who is told of a client's pace. */
    interface Pace {
        /** Events are dropped from here on. */
        void fellBehind();

        /** All that was queued has been written: events are queued again from here on. */
        void caughtUp();
    }

    private final Socket socket;
    private final int limit;
    private final Pace pace;
    private boolean behind;
    private long lastWrite = System.nanoTime();
    private long messages;
    private long bytes;

    /** @param limit in bytes */
    OutboundQueue(Socket socket, int limit, Pace pace) {
        this.socket = socket;
        this.limit = limit;
        this.pace = pace;
    }

    /** An event that a resync makes up for. */
    void event(OutboundFrame event) {
        if (behind) {
            return;
        }
        long queued = socket.queued();
        if (queued > 0 && queued + event.bytes() > limit) {
            behind = true;
            pace.fellBehind();
            awaitWritten();
        } else {
            write(event);
        }
    }

    /** What is never dropped: messages of the gateway itself, few and small. */
    void control(OutboundFrame message) {
        write(message);
    }

    /** When something was last written, by {@link System#nanoTime}. */
    long lastWrite() {
        return lastWrite;
    }

    /** How many messages were written. */
    long messages() {
        return messages;
    }

    /** How many bytes they had. */
    long bytes() {
        return bytes;
    }

    private void write(OutboundFrame frame) {
        lastWrite = System.nanoTime();
        messages++;
        bytes += frame.bytes();
        socket.write(frame);
    }

    /** Something may have been written meanwhile. */
    private void awaitWritten() {
        socket.whenWritten(() -> {
            if (socket.queued() > 0) {
                awaitWritten();
            } else {
                behind = false;
                pace.caughtUp();
            }
        });
    }
}
