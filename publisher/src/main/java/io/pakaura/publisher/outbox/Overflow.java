package io.pakaura.publisher.outbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that found no room in memory: of each no more than its id, as long as it is leased to this process. They are
 * read again, in their order, as soon as there is room, and need not wait until a sweeper may take them. Relay's context
 * only.
 */
final class Overflow {
    /** What comes beyond this is forgotten here, and found by a sweeper when its lease has ended. */
    static final int MAX_ROWS = 100_000;

    private static final Logger log = LoggerFactory.getLogger(Overflow.class);
    private static final long LOOK_MS = 10;
    private static final long RETRY_MS = 500;
    private static final long NO_PAUSE_MS = 1;

    private final Vertx vertx;
    private final Outbox outbox;
    private final int limit;
    private final long leaseMillis;
    private final BooleanSupplier hasRoom;
    private final Predicate<OutboxRow> rows;
    private final Deque<LetGo> waiting = new ArrayDeque<>();
    private Future<Boolean> reading = Future.succeededFuture(true);
    private boolean scheduled;
    private boolean stopped;

    /** @param leaseEndsAt by the relay's clock, in milliseconds */
    private record LetGo(long id, long leaseEndsAt) {}

    /**
     * @param limit how many are read at once
     * @param hasRoom whether so many may come now
     * @param leaseMillis how long a row that was read is this process's to publish
     * @param rows takes what was read, oldest first, and says of each whether there was room for it
     */
    Overflow(
            Vertx vertx,
            Outbox outbox,
            int limit,
            long leaseMillis,
            BooleanSupplier hasRoom,
            Predicate<OutboxRow> rows) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.limit = limit;
        this.leaseMillis = leaseMillis;
        this.hasRoom = hasRoom;
        this.rows = rows;
    }

    /** Nothing waits here, nor is on its way back: what comes now overtakes nothing. */
    boolean isEmpty() {
        return waiting.isEmpty() && reading.isComplete();
    }

    void add(long id, long leaseEndsAt) {
        if (waiting.size() < MAX_ROWS) {
            waiting.addLast(new LetGo(id, leaseEndsAt));
        }
        readIn(LOOK_MS);
    }

    /** Reads no more; completes when nothing is on its way back. */
    Future<Void> stop() {
        stopped = true;
        return reading.mapEmpty();
    }

    /** The rows that are still to be read, and still leased. */
    Collection<Long> ids() {
        long now = RelayClock.millis();
        return waiting.stream()
                .filter(row -> row.leaseEndsAt() > now)
                .map(LetGo::id)
                .toList();
    }

    private void readIn(long millis) {
        if (!scheduled && !stopped && reading.isComplete()) {
            scheduled = true;
            vertx.setTimer(millis, due -> {
                scheduled = false;
                read();
            });
        }
    }

    private void read() {
        if (waiting.isEmpty() || stopped) {
            return;
        }
        if (!hasRoom.getAsBoolean()) {
            readIn(LOOK_MS);
            return;
        }
        List<LetGo> next = take();
        reading = outbox.leaseAgain(next.stream().map(LetGo::id).toList()).transform(leased -> {
            if (leased.failed()) {
                log.debug("rows could not be read again", leased.cause());
                putBack(next);
            } else {
                handOn(leased.result());
            }
            return Future.succeededFuture(leased.succeeded());
        });
        // A backlog is read without a pause: as long as there is one, all rows go this way.
        reading.onSuccess(wasRead -> readIn(wasRead ? NO_PAUSE_MS : RETRY_MS));
    }

    /** What has no room, and what comes after it, is still the first to be read. */
    private void handOn(List<OutboxRow> leased) {
        long leaseEndsAt = RelayClock.millis() + leaseMillis;
        List<LetGo> left = new ArrayList<>();
        for (OutboxRow row : leased) {
            if (!left.isEmpty() || !rows.test(row)) {
                left.add(new LetGo(row.id(), leaseEndsAt));
            }
        }
        putBack(left);
    }

    private void putBack(List<LetGo> first) {
        for (int i = first.size() - 1; i >= 0; i--) {
            waiting.addFirst(first.get(i));
        }
    }

    /** Not those whose lease has ended behind one that was read before: they may be another process's by now. */
    private List<LetGo> take() {
        long now = RelayClock.millis();
        List<LetGo> taken = new ArrayList<>();
        while (taken.size() < limit && !waiting.isEmpty()) {
            LetGo next = waiting.removeFirst();
            if (next.leaseEndsAt() > now) {
                taken.add(next);
            }
        }
        return taken;
    }
}
