package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.Topic;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings outbox rows to their topics.
 *
 * <p>All state belongs to one event-loop context. Rows come in by {@link #offer} (fast path) and from the sweeper. At
 * the memory bound a row is let go: its lease runs out, and a sweeper of this or another process finds it.
 */
public final class OutboxRelay {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private final Vertx vertx;
    private final Context context;
    private final Outbox outbox;
    private final EventSender sender;
    private final RelayConfig config;
    private final RevisionOrder order;
    private final List<Lane> lanes;
    private final Map<Long, Delivery> held = new HashMap<>();
    private final Batch<Long> published;
    private final Batch<Outbox.Failed> failed;
    private int heldBytes;
    private int inFlight;
    private boolean sweeping;
    private boolean closing;
    private final Promise<Void> drained = Promise.promise();

    public OutboxRelay(Vertx vertx, Outbox outbox, EventSender sender, RelayConfig config) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.outbox = outbox;
        this.sender = sender;
        this.config = config;
        this.order = new RevisionOrder(vertx, this::accept);
        this.lanes = Stream.generate(() -> new Lane(this::send))
                .limit(config.lanes())
                .toList();
        this.published = new Batch<>(vertx, outbox::delete);
        this.failed = new Batch<>(vertx, outbox::backOff);
    }

    /** Begins to sweep. */
    public void start() {
        context.runOnContext(started -> sweep());
    }

    /** Takes a row that was just committed. Any thread; never blocks, never fails. */
    public void offer(OutboxRow row) {
        context.runOnContext(offered -> order.accept(row));
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
            completeIfDrained();
            vertx.timer(config.drain().toMillis(), TimeUnit.MILLISECONDS).onComplete(timer -> drained.tryComplete());
            drained.future()
                    .compose(done -> Future.join(published.flush(), failed.flush()))
                    .eventually(() -> outbox.release(held.keySet()))
                    .onFailure(failure -> log.debug("not all rows could be given back", failure))
                    .<Void>mapEmpty()
                    .otherwiseEmpty()
                    .onComplete(closed);
        });
        return closed.future();
    }

    private void accept(OutboxRow row) {
        int bytes = Delivery.bytesOf(row);
        if (closing || heldBytes + bytes > config.memoryBytes() || held.containsKey(row.id())) {
            return;
        }
        Delivery delivery;
        try {
            delivery = new Delivery(
                    row,
                    now()
                            + OutboxSql.LEASE_SECONDS * 1_000L
                            - config.leaseMargin().toMillis());
        } catch (RuntimeException broken) {
            PublishLog.unserialisable(row, broken);
            failed.add(new Outbox.Failed(row.id(), row.owed(), row.attempts() + 1, BackOff.rejected(row.attempts())));
            return;
        }
        held.put(row.id(), delivery);
        heldBytes += bytes;
        if (delivery.isSettled()) {
            settle(delivery); // It owed only what makes no event.
        } else {
            lanes.get(Math.floorMod(row.userId().hashCode(), lanes.size())).add(delivery);
        }
    }

    private void send(Lane lane, Lane.Item item) {
        Topic topic = item.event().topic();
        if (closing) {
            return; // It stays held, and is given back.
        }
        if (!item.delivery().isLeasedAt(now())) {
            item.delivery().tooLate(topic);
            settleIfTried(item.delivery());
            context.runOnContext(next -> lane.sent(topic));
            return;
        }
        inFlight++;
        sending(item).onComplete(sent -> {
            inFlight--;
            settle(item, sent.result());
            completeIfDrained();
            lane.sent(topic);
        });
    }

    /** Never throws: a lane whose topic is in flight for ever would be lost. */
    private Future<PublishResult> sending(Lane.Item item) {
        try {
            return sender.send(item.event().topic(), item.delivery().row().userId(), item.encoded());
        } catch (RuntimeException broken) {
            return Future.succeededFuture(
                    new PublishResult.Rejected(0, "it cannot be serialised: " + broken.getMessage()));
        }
    }

    private void settle(Lane.Item item, PublishResult result) {
        Delivery delivery = item.delivery();
        PublishLog.result(delivery.row(), item.event(), result);
        if (result instanceof PublishResult.Published) {
            delivery.published(item.event().topic());
        } else {
            delivery.failed(item.event().topic(), result);
        }
        settleIfTried(delivery);
    }

    private void settleIfTried(Delivery delivery) {
        if (delivery.isSettled()) {
            settle(delivery);
        }
    }

    private void settle(Delivery delivery) {
        if (held.get(delivery.row().id()) != delivery) {
            return;
        }
        letGo(delivery);
        if (delivery.isDone()) {
            published.add(delivery.row().id());
        } else if (delivery.hasNews()) {
            failed.add(delivery.asFailed());
        }
    }

    private void letGo(Delivery delivery) {
        if (held.remove(delivery.row().id(), delivery)) {
            heldBytes -= Delivery.bytesOf(delivery.row());
        }
    }

    private void completeIfDrained() {
        if (closing && inFlight == 0) {
            drained.tryComplete();
        }
    }

    private void sweep() {
        if (closing || sweeping) {
            return;
        }
        if (heldBytes > config.memoryBytes() / 2) {
            sweepLater();
            return;
        }
        sweeping = true;
        outbox.lease(config.sweepLimit()).onComplete(leased -> {
            sweeping = false;
            List<OutboxRow> rows = leased.succeeded() ? leased.result() : List.of();
            if (leased.failed()) {
                log.debug("the outbox could not be swept", leased.cause());
            }
            rows.forEach(this::accept);
            if (rows.size() == config.sweepLimit()) {
                context.runOnContext(more -> sweep());
            } else {
                sweepLater();
            }
        });
    }

    private void sweepLater() {
        vertx.setTimer(config.sweepInterval().toMillis(), timer -> sweep());
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
