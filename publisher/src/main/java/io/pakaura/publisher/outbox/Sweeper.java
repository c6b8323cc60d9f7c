package io.pakaura.publisher.outbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over rows whose lease ran out: those of processes that died, those that were let go, and those whose back-off is
 * over. Relay's context only.
 */
final class Sweeper {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    /** A sweep that takes long is not repeated at once: it shares the database with callers. */
    private static final int REST_PER_SWEEP = 9;

    private static final long MAX_REST_MS = 5_000;

    private static final long MORE_MS = 10;

    private final Vertx vertx;
    private final Outbox outbox;
    private final RelayConfig config;
    private final IntSupplier wanted;
    private final Consumer<OutboxRow> rows;
    private Future<Void> sweeping = Future.succeededFuture();
    private boolean stopped;

    /**
     * @param wanted topics that have room for more, as bits
     * @param rows takes what was found, oldest first
     */
    Sweeper(Vertx vertx, Outbox outbox, RelayConfig config, IntSupplier wanted, Consumer<OutboxRow> rows) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.config = config;
        this.wanted = wanted;
        this.rows = rows;
    }

    void start() {
        sweep();
    }

    /** Completes when no sweep is under way: until then rows may still come. */
    Future<Void> stop() {
        stopped = true;
        return sweeping;
    }

    private void sweep() {
        if (stopped) {
            return;
        }
        int topics = wanted.getAsInt();
        if (topics == 0) {
            sweepAfter(MORE_MS);
            return;
        }
        long begun = System.nanoTime();
        sweeping = outbox.lease(topics, config.sweepLimit()).transform(leased -> {
            if (leased.failed()) {
                log.debug("the outbox could not be swept", leased.cause());
                sweepAfter(config.sweepInterval().toMillis());
            } else {
                found(leased.result(), System.nanoTime() - begun);
            }
            return Future.succeededFuture();
        });
    }

    private void found(List<OutboxRow> leased, long nanos) {
        sweepAfter(leased.size() < config.sweepLimit() ? restAfter(nanos) : MORE_MS);
        leased.forEach(rows);
    }

    private long restAfter(long sweepNanos) {
        long rest = Math.min(MAX_REST_MS, TimeUnit.NANOSECONDS.toMillis(REST_PER_SWEEP * sweepNanos));
        return Math.max(config.sweepInterval().toMillis(), rest);
    }

    private void sweepAfter(long millis) {
        vertx.setTimer(millis, timer -> sweep());
    }
}
