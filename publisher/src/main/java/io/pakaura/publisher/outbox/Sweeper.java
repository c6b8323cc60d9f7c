package io.pakaura.publisher.outbox;

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

    /** A sweep may take a tenth of a connection's time. */
    private static final int REST_PER_WORK = 9;

    private static final long MORE_MS = 10;

    private final Vertx vertx;
    private final Outbox outbox;
    private final RelayConfig config;
    private final IntSupplier wanted;
    private final Consumer<OutboxRow> rows;
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

    void stop() {
        stopped = true;
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
        outbox.lease(topics, config.sweepLimit()).onComplete(leased -> {
            if (leased.failed()) {
                log.debug("the outbox could not be swept", leased.cause());
            }
            List<OutboxRow> found = leased.succeeded() ? leased.result() : List.of();
            found.forEach(rows);
            sweepAfter(found.size() < config.sweepLimit() ? restAfter(System.nanoTime() - begun) : MORE_MS);
        });
    }

    private long restAfter(long workNanos) {
        return Math.max(config.sweepInterval().toMillis(), TimeUnit.NANOSECONDS.toMillis(REST_PER_WORK * workNanos));
    }

    private void sweepAfter(long millis) {
        vertx.setTimer(millis, timer -> sweep());
    }
}
