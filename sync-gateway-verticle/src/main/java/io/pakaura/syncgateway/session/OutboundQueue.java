package io.pakaura.syncgateway.session;

import io.vertx.core.Future;
import java.util.function.Function;

/**
 * What one socket still has to take. A client that reads too slowly falls behind: from then on its events are dropped,
 * until all that was queued has been written. It has missed something then, and must be told. For one event loop.
 */
final class OutboundQueue {

    /** Who is told of a client's pace. */
    interface Pace {
        /** Events are dropped from here on. */
        void fellBehind();

        /** All that was queued has been written: events are queued again from here on. */
        void caughtUp();
    }

    private final Function<String, Future<Void>> socket;
    private final int limit;
    private final Pace pace;
    private long queued;
    private boolean behind;
    private long lastWrite = System.nanoTime();

    /**
     * @param socket writes a text frame; done when the operating system has it
     * @param limit in bytes
     */
    OutboundQueue(Function<String, Future<Void>> socket, int limit, Pace pace) {
        this.socket = socket;
        this.limit = limit;
        this.pace = pace;
    }

    /** An event that a resync makes up for. */
    void event(OutboundFrame event) {
        if (behind) {
            return;
        }
        if (queued + event.bytes() > limit && queued > 0) {
            behind = true;
            pace.fellBehind();
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

    private void write(OutboundFrame frame) {
        lastWrite = System.nanoTime();
        queued += frame.bytes();
        socket.apply(frame.text()).onComplete(writtenOrClosed -> {
            queued -= frame.bytes();
            if (behind && queued == 0) {
                behind = false;
                pace.caughtUp();
            }
        });
    }
}
