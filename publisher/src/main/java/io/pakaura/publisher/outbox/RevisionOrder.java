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
 * Relay's context only. Of users beyond the bound the one that was idle longest is forgotten; its next row waits once.
 */
final class RevisionOrder {
    private static final int MAX_USERS = 10_000;
    private static final int MAX_EARLY = 256;
    private static final long PATIENCE_MS = 10;

    private final Vertx vertx;
    private final Consumer<OutboxRow> inOrder;
    private final Map<String, Queue> users = new LinkedHashMap<>(16, 0.75f, true);

    /** @param inOrder takes the rows */
    RevisionOrder(Vertx vertx, Consumer<OutboxRow> inOrder) {
        this.vertx = vertx;
        this.inOrder = inOrder;
    }

    void accept(OutboxRow row) {
        Queue queue = users.computeIfAbsent(row.userId(), user -> new Queue());
        if (row.revision() > queue.next) {
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
        private final TreeMap<Long, OutboxRow> early = new TreeMap<>();
        private long next = 1;

        void hold(OutboxRow row) {
            early.put(row.revision(), row);
            if (early.size() == 1) {
                vertx.setTimer(PATIENCE_MS, timer -> flush());
            } else if (early.size() > MAX_EARLY) {
                flush();
            }
        }

        /** A row whose turn it is, or was; then those that waited for it. */
        void pass(OutboxRow row) {
            inOrder.accept(row);
            next = Math.max(next, row.revision() + 1);
            while (!early.isEmpty() && early.firstKey() <= next) {
                OutboxRow following = early.pollFirstEntry().getValue();
                inOrder.accept(following);
                next = Math.max(next, following.revision() + 1);
            }
        }

        void flush() {
            while (!early.isEmpty()) {
                pass(early.pollFirstEntry().getValue());
            }
        }
    }
}
