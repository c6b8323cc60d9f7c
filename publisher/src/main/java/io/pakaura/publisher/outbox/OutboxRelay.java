package io.pakaura.publisher.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.pakaura.publisher.event.CloudEventFactory.Outgoing;
import io.pakaura.publisher.event.Topic;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings outbox rows to their topics.
 *
 * <p>All state belongs to one event-loop context. Rows come in by {@link #offer} (fast path) and from the {@link Sweeper}.
 * At the memory bound a row, and what comes after it, is left to the table, until there is room again: see {@link Overflow}.
 */
public final class OutboxRelay {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    /** A statement must be done well before its deadline. */
    private static final int RELEASED_AT_ONCE = 5_000;

    /** What cannot be sent now has this part of the memory; a collection takes the longer, the more of it there is. */
    private static final int SHARE_OF_OUTAGE = 4;

    private final Context context;
    private final Outbox outbox;
    private final RelayConfig config;
    private final RelayMetrics metrics;
    private final RevisionOrder order;
    private final Lanes lanes;
    private final Sweeper sweeper;
    private final Overflow overflow;
    private final Map<Long, Delivery> held = new HashMap<>();
    private final Batch<Long> published;
    private final Batch<Outbox.Failed> failed;
    /** Rows that are to be deleted: a sweep that finds one of them finds nothing to do. */
    private final Set<Long> ended = new HashSet<>();

    private final List<Long> givenBack = new ArrayList<>();
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
        this.overflow = new Overflow(
                vertx, outbox, config.sweepLimit(), config.leaseMillis(), () -> wanted() != 0, this::tryTake);
        this.published = new Batch<>(vertx, this::delete);
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
            Future.join(lanes.stop(), sweeper.stop(), overflow.stop())
                    .timeout(config.drain().toMillis(), TimeUnit.MILLISECONDS)
                    .otherwiseEmpty()
                    .compose(drained -> Future.join(published.flush(), failed.flush()))
                    .eventually(this::giveBack)
                    .onFailure(failure -> log.debug("not all rows could be given back", failure))
                    .<Void>mapEmpty()
                    .otherwiseEmpty()
                    .onComplete(closed);
        });
        return closed.future();
    }

    private Future<Void> giveBack() {
        givenBack.addAll(held.keySet());
        givenBack.addAll(overflow.ids());
        List<Future<Void>> released = new ArrayList<>();
        for (int from = 0; from < givenBack.size(); from += RELEASED_AT_ONCE) {
            released.add(outbox.release(givenBack.subList(from, Math.min(givenBack.size(), from + RELEASED_AT_ONCE))));
        }
        return Future.join(released).mapEmpty();
    }

    /** Events of this topic go through, as somebody else has seen. Any thread. */
    public void takesEvents(Topic topic) {
        context.runOnContext(here -> lanes.takesEvents(topic));
    }

    private void takeOver(OutboxRow row) {
        metrics.leased(1);
        if (!tryTake(row)) {
            letGo(Offered.now(row));
        }
    }

    /** Takes a row that was leased just now, unless there is no room for it. */
    private boolean tryTake(OutboxRow row) {
        Delivery delivery = held.get(row.id());
        if (delivery != null) {
            delivery.leasedAgain(RelayClock.millis(), config.leaseMillis());
            return true;
        }
        return ended.contains(row.id()) || tryTake(Offered.now(row));
    }

    /** What was committed just now, in its order. */
    private void accept(Offered offered) {
        if ((!closing && !overflow.isEmpty()) || !tryTake(offered)) {
            letGo(offered);
        }
    }

    /** @return whether there was room for it */
    private boolean tryTake(Offered offered) {
        OutboxRow row = offered.row();
        if (closing) {
            givenBack.add(row.id());
            return true;
        }
        Delivery delivery;
        try {
            delivery = new Delivery(offered, config.leaseMillis());
        } catch (RuntimeException broken) {
            PublishLog.unserialisable(row, broken);
            metrics.retrying();
            failed.add(new Outbox.Failed(row.id(), row.owed(), row.attempts() + 1, BackOff.blamed(row.attempts())));
            return true;
        }
        if (heldBytes + delivery.bytes() > config.memoryBytes()) {
            return false;
        }
        if (held.putIfAbsent(row.id(), delivery) == null) {
            heldBytes += delivery.bytes();
            send(delivery);
        }
        return true;
    }

    private void letGo(Offered offered) {
        metrics.overflowed();
        overflow.add(offered.row().id(), offered.leaseEndsAt(config.leaseMillis()));
    }

    /** What owes a topic that takes nothing now is no reason to keep others out, nor for the collector to copy it. */
    private void send(Delivery delivery) {
        boolean isTight = heldBytes > config.memoryBytes() / SHARE_OF_OUTAGE;
        for (Outgoing event : delivery.events()) {
            if (isTight && !lanes.isOpenTo(event.topic())) {
                delivery.tooLate(event.topic());
            } else {
                lanes.add(new Item(delivery, event));
            }
        }
        settleIfTried(delivery);
    }

    private void settleIfTried(Delivery delivery) {
        long id = delivery.row().id();
        if (!delivery.isSettled() || !held.remove(id, delivery)) {
            return;
        }
        heldBytes -= delivery.bytes();
        if (delivery.isDone()) {
            if (!published.isFull()) {
                ended.add(id);
            }
            published.add(id);
        } else if (delivery.hasNews()) {
            if (delivery.hasFailed()) {
                metrics.retrying();
            }
            failed.add(delivery.asFailed());
        }
    }

    private Future<Void> delete(Collection<Long> ids) {
        return outbox.delete(ids).onSuccess(gone -> ended.removeAll(ids));
    }

    /** Topics of rows to sweep for, as bits; 0 for none now, since enough waits in memory. */
    private int wanted() {
        return heldBytes > config.memoryBytes() / 2 ? 0 : lanes.wanted(config.sweepLimit());
    }
}
