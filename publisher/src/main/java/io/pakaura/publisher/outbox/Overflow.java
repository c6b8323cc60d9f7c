package io.pakaura.publisher.outbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

    private final Vertx vertx;
    private final Outbox outbox;
    private final int limit;
    private final BooleanSupplier hasRoom;
    private final Consumer<OutboxRow> rows;
    private final Deque<LetGo> waiting = new ArrayDeque<>();
    private Future<Void> reading = Future.succeededFuture();
    private boolean scheduled;
    private boolean stopped;

    /** @param leaseEndsAt by the relay's clock, in milliseconds */
    private record LetGo(long id, long leaseEndsAt) {}

    /**
     * @param limit how many are read at once
     * @param hasRoom whether so many may come now
     * @param rows takes what was read, oldest first
     */
    Overflow(Vertx vertx, Outbox outbox, int limit, BooleanSupplier hasRoom, Consumer<OutboxRow> rows) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.limit = limit;
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
        readSoon();
    }

    /** Reads no more; completes when nothing is on its way back. */
    Future<Void> stop() {
        stopped = true;
        return reading;
    }

    /** The rows that are still to be read. */
    Collection<Long> ids() {
        return waiting.stream().map(LetGo::id).toList();
    }

    private void readSoon() {
        if (!scheduled && !stopped && reading.isComplete()) {
            scheduled = true;
            vertx.setTimer(LOOK_MS, due -> {
                scheduled = false;
                read();
            });
        }
    }

    private void read() {
        forgetWhatASweeperMayTake();
        if (waiting.isEmpty() || stopped) {
            return;
        }
        if (!hasRoom.getAsBoolean()) {
            readSoon();
            return;
        }
        reading = outbox.leaseAgain(take()).transform(leased -> {
            if (leased.failed()) {
                log.debug("rows could not be read again: a sweeper finds them", leased.cause());
            } else {
                leased.result().forEach(rows);
            }
            return Future.succeededFuture();
        });
        reading.onComplete(done -> readSoon());
    }

    /** What came first was leased first. */
    private void forgetWhatASweeperMayTake() {
        long now = RelayClock.millis();
        while (!waiting.isEmpty() && waiting.getFirst().leaseEndsAt() <= now) {
            waiting.removeFirst();
        }
    }

    private List<Long> take() {
        List<Long> ids = new ArrayList<>();
        while (ids.size() < limit && !waiting.isEmpty()) {
            ids.add(waiting.removeFirst().id());
        }
        return ids;
    }
}
