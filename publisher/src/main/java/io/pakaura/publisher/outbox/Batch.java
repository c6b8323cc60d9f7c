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
 * <p>A statement that fails is tried again with what gathered since, once a second. At the bound the oldest are
 * forgotten: their rows' leases run out, so they are published once more, which consumers expect.
 */
final class Batch<T> {
    private static final Logger log = LoggerFactory.getLogger(Batch.class);
    private static final int MAX_KEPT = 20_000;
    private static final int MAX_STATEMENT = 500;
    private static final long GATHER_MS = 5;
    private static final long RETRY_MS = 1_000;

    private final Vertx vertx;
    private final Function<Collection<T>, Future<Void>> statement;
    private List<T> gathered = new ArrayList<>();
    private Future<Void> running = Future.succeededFuture();
    private boolean scheduled;

    Batch(Vertx vertx, Function<Collection<T>, Future<Void>> statement) {
        this.vertx = vertx;
        this.statement = statement;
    }

    void add(T item) {
        gathered.add(item);
        schedule(GATHER_MS);
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
        List<T> writing = gathered.subList(0, Math.min(MAX_STATEMENT, gathered.size()));
        gathered = new ArrayList<>(gathered.subList(writing.size(), gathered.size()));
        return statement
                .apply(writing)
                .onSuccess(done -> {
                    if (!gathered.isEmpty()) {
                        schedule(1);
                    }
                })
                .onFailure(failure -> keep(writing, failure));
    }

    private void keep(List<T> writing, Throwable failure) {
        log.debug("an outbox statement failed and is repeated", failure);
        List<T> kept = new ArrayList<>(writing);
        kept.addAll(gathered);
        int surplus = Math.max(0, kept.size() - MAX_KEPT);
        gathered = new ArrayList<>(kept.subList(surplus, kept.size()));
        schedule(RETRY_MS);
    }
}
