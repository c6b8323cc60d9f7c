package io.pakaura.publisher.outbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects small writes into one statement: while one runs, the next gathers. Relay's context only.
 *
 * <p>A statement that fails is tried again with what gathered since, once a second. Beyond the bound writes are forgotten:
 * their rows' leases run out, so they are published once more, which consumers expect.
 */
final class Batch<T> {
    private static final Logger log = LoggerFactory.getLogger(Batch.class);
    static final int MAX_KEPT = 20_000;
    private static final int MAX_STATEMENT = 500;
    private static final long GATHER_MS = 20;
    private static final long RETRY_MS = 1_000;

    private final Vertx vertx;
    private final Function<Collection<T>, Future<Void>> statement;
    private final List<T> gathered = new ArrayList<>();
    private Future<Void> running = Future.succeededFuture();
    private boolean scheduled;

    Batch(Vertx vertx, Function<Collection<T>, Future<Void>> statement) {
        this.vertx = vertx;
        this.statement = statement;
    }

    /** What is added now is forgotten at once. */
    boolean isFull() {
        return gathered.size() >= MAX_KEPT;
    }

    void add(T item) {
        if (!isFull()) {
            gathered.add(item);
        }
        if (running.isComplete()) {
            schedule(GATHER_MS);
        }
    }

    /** Writes what has gathered; completes when nothing is left, or when a statement failed. */
    Future<Void> flush() {
        return running.eventually(
                () -> gathered.isEmpty() ? Future.succeededFuture() : write().compose(done -> flush()));
    }

    private void schedule(long delayMs) {
        if (!scheduled) {
            scheduled = true;
            vertx.setTimer(delayMs, timer -> {
                scheduled = false;
                if (running.isComplete() && !gathered.isEmpty()) {
                    running = write();
                }
            });
        }
    }

    private Future<Void> write() {
        List<T> writing = List.copyOf(gathered.subList(0, Math.min(MAX_STATEMENT, gathered.size())));
        gathered.subList(0, writing.size()).clear();
        return statement.apply(writing).onSuccess(done -> scheduleRest()).onFailure(failure -> keep(writing, failure));
    }

    private void scheduleRest() {
        if (!gathered.isEmpty()) {
            schedule(GATHER_MS);
        }
    }

    private void keep(List<T> writing, Throwable failure) {
        log.debug("an outbox statement failed and is repeated", failure);
        int room = Math.max(0, MAX_KEPT - gathered.size());
        gathered.addAll(0, writing.subList(0, Math.min(room, writing.size())));
        schedule(RETRY_MS);
    }
}
