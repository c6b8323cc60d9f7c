package io.pakaura.publisher.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings outbox rows to their topics.
 *
 * <p>All state belongs to one event-loop context. Rows come in by {@link #offer} (fast path) and from the {@link Sweeper}.
 * At the memory bound a row is let go: its lease runs out, and a sweeper of this or another process finds it.
 */
public final class OutboxRelay {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private final Context context;
    private final Outbox outbox;
    private final RelayConfig config;
    private final RelayMetrics metrics;
    private final RevisionOrder order;
    private final Lanes lanes;
    private final Sweeper sweeper;
    private final Map<Long, Delivery> held = new HashMap<>();
    private final Batch<Long> published;
    private final Batch<Outbox.Failed> failed;
    private int heldBytes;
    private boolean closing;

    public OutboxRelay(Vertx vertx, Outbox outbox, EventSender sender, RelayConfig config, MeterRegistry registry) {
        this.context = vertx.getOrCreateContext();
        this.outbox = outbox;
        this.config = config;
        this.metrics = new RelayMetrics(registry);
        this.order = new RevisionOrder(vertx, this::accept);
        this.lanes = new Lanes(context, sender, config, metrics, this::settleIfTried);
        this.sweeper = new Sweeper(vertx, outbox, config, this::wanted, this::takeOver);
        this.published = new Batch<>(vertx, outbox::delete);
        this.failed = new Batch<>(vertx, outbox::backOff);
    }

    /** Begins to sweep. */
    public void start() {
        context.runOnContext(started -> sweeper.start());
    }

    /** Takes a row that was just committed. Any thread; never blocks, never fails. */
    public void offer(OutboxRow row) {
        Offered offered = Offered.now(row);
        context.runOnContext(here -> order.accept(offered));
    }

    /**
     * Ends in order: what is in flight gets {@link RelayConfig#drain}, then the rows that are left are given back.
     * Completes on the relay's context and does not fail: what could not be given back is swept when its lease ends.
     */
    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(started -> {
            order.flush();
            closing = true;
            sweeper.stop();
            lanes.stop()
                    .timeout(config.drain().toMillis(), TimeUnit.MILLISECONDS)
                    .otherwiseEmpty()
                    .compose(drained -> Future.join(published.flush(), failed.flush()))
                    .eventually(() -> outbox.release(held.keySet()))
                    .onFailure(failure -> log.debug("not all rows could be given back", failure))
                    .<Void>mapEmpty()
                    .otherwiseEmpty()
                    .onComplete(closed);
        });
        return closed.future();
    }

    private void takeOver(OutboxRow row) {
        metrics.leased(1);
        accept(Offered.now(row));
    }

    private void accept(Offered offered) {
        OutboxRow row = offered.row();
        int bytes = Delivery.bytesOf(row);
        if (closing || held.containsKey(row.id())) {
            return;
        }
        if (heldBytes + bytes > config.memoryBytes()) {
            metrics.overflowed();
            return;
        }
        Delivery delivery;
        try {
            delivery = new Delivery(offered, config.leaseMillis());
        } catch (RuntimeException broken) {
            PublishLog.unserialisable(row, broken);
            backOff(new Outbox.Failed(row.id(), row.owed(), row.attempts() + 1, BackOff.blamed(row.attempts())));
            return;
        }
        held.put(row.id(), delivery);
        heldBytes += bytes;
        settleIfTried(delivery); // It may owe only what makes no event.
        delivery.events().forEach(event -> lanes.add(new Item(delivery, event)));
    }

    private void settleIfTried(Delivery delivery) {
        OutboxRow row = delivery.row();
        if (!delivery.isSettled() || !held.remove(row.id(), delivery)) {
            return;
        }
        heldBytes -= Delivery.bytesOf(row);
        if (delivery.isDone()) {
            published.add(row.id());
        } else if (delivery.hasNews()) {
            backOff(delivery.asFailed());
        }
    }

    private void backOff(Outbox.Failed row) {
        metrics.retrying();
        failed.add(row);
    }

    /** Topics of rows to sweep for, as bits; 0 for none now, since enough waits in memory. */
    private int wanted() {
        return heldBytes > config.memoryBytes() / 2 ? 0 : lanes.wanted(config.sweepLimit());
    }
}
