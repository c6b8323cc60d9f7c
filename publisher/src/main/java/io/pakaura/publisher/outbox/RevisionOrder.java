package io.pakaura.publisher.outbox;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts a user's rows back into the order of their revisions. They commit in that order, but are handed over by the event
 * loops that the database's answers came to, and those don't agree which was first.
 *
 * <p>A row that comes before its turn waits for the missing ones, for some milliseconds: they may be another process's.
 * Relay's context only. Of users beyond the bound the one that was idle longest is forgotten.
 */
final class RevisionOrder {
    private static final int MAX_USERS = 10_000;
    private static final int MAX_EARLY = 256;
    /** About what event loops are apart. Longer would hold up every change that follows one made by another process. */
    private static final long PATIENCE_MS = 3;

    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Consumer<Offered> inOrder;
    private final Map<String, Queue> users = new LinkedHashMap<>(16, 0.75f, true);

    /** @param inOrder takes the rows */
    RevisionOrder(Vertx vertx, Consumer<Offered> inOrder) {
        this.vertx = vertx;
        this.inOrder = inOrder;
    }

    void accept(Offered row) {
        Queue queue = users.computeIfAbsent(
                row.row().userId(), user -> new Queue(row.row().revision()));
        if (row.row().revision() > queue.next) {
            queue.hold(row);
        } else {
            queue.pass(row);
        }
        forgetTheIdlest();
    }

    /** Lets all go that wait. */
    void flush() {
        List<Queue> waiting = new ArrayList<>(users.values());
        waiting.forEach(Queue::flush);
    }

    private void forgetTheIdlest() {
        if (users.size() > MAX_USERS) {
            var idlest = users.entrySet().iterator().next();
            if (idlest.getValue().early.isEmpty()) {
                users.remove(idlest.getKey());
            }
        }
    }

    /** Of one user: the revision whose turn it is, and what came before its turn. */
    private final class Queue {
        private final TreeMap<Long, Offered> early = new TreeMap<>();
        private long next;
        private long timer = NO_TIMER;

        /** @param first whose turn it is: what came before it, nobody can tell */
        Queue(long first) {
            next = first;
        }

        void hold(Offered row) {
            early.put(row.row().revision(), row);
            if (early.size() == 1) {
                timer = vertx.setTimer(PATIENCE_MS, due -> flush());
            } else if (early.size() > MAX_EARLY) {
                flush();
            }
        }

        /** A row whose turn it is, or was; then those that waited for it. */
        void pass(Offered row) {
            inOrder.accept(row);
            next = Math.max(next, row.row().revision() + 1);
            while (!early.isEmpty() && early.firstKey() <= next) {
                Offered following = early.pollFirstEntry().getValue();
                inOrder.accept(following);
                next = Math.max(next, following.row().revision() + 1);
            }
            if (early.isEmpty()) {
                vertx.cancelTimer(timer);
            }
        }

        void flush() {
            while (!early.isEmpty()) {
                pass(early.pollFirstEntry().getValue());
            }
        }
    }
}
