package io.pakaura.syncgateway.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * A client's messages, one at a time: what comes while one is still being handled waits for its turn, up to a limit.
 * For one event loop.
 */
final class Inbox {
    private final int limit;
    private final Consumer<String> handler;
    private final Deque<String> waiting = new ArrayDeque<>(1);
    private int waitingChars;
    private boolean isHeld;

    /** @param limit characters that may wait */
    Inbox(int limit, Consumer<String> handler) {
        this.limit = limit;
        this.handler = handler;
    }

    /** @return whether it was handled or waits; not if too much waits already */
    boolean offer(String message) {
        if (!isHeld) {
            handler.accept(message);
            return true;
        }
        if (waitingChars + message.length() > limit) {
            return false;
        }
        waitingChars += message.length();
        waiting.add(message);
        return true;
    }

    /** The message that is being handled takes its time. */
    void hold() {
        isHeld = true;
    }

    boolean isHeld() {
        return isHeld;
    }

    /** It is done. Hands on what waits, until one of them takes its time, too. */
    void release() {
        isHeld = false;
        while (!isHeld && !waiting.isEmpty()) {
            String next = waiting.remove();
            waitingChars -= next.length();
            handler.accept(next);
        }
    }
}
