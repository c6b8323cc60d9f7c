package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.Topic;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The events of some users for one topic, in order. One publish is in flight; what gathers meanwhile is the next, as one
 * bulk (natural batching). Relay's context only; bounded by the relay.
 *
 * <p>Publishes begin at least a pace apart. After a pause an event goes at once; under load more of them share a request,
 * which costs the sidecar and this process much less an event.
 */
final class Lane {
    /** What a lane's events go by. */
    interface Transport {
        /**
         * Sends events and calls {@link Lane#ended} and {@link Lane#sendNext} when that is over, whatever came of it.
         *
         * @param isProbe the topic's circuit is open, and this one event is to find out whether it may be closed
         */
        void send(Lane lane, List<Item> batch, boolean isProbe);

        /** The lease of the event's row ends before its turn came. */
        void giveUp(Item item);
    }

    private static final int MAX_BATCH = 100;
    private static final int MAX_BATCH_BYTES = 2 * 1024 * 1024;
    private static final long NO_TIMER = -1;

    /** The pace gets slower with the events that a publish had, since more of them share the next; but no slower than this. */
    private static final long MAX_PACE_MS = 20;

    /** So often a lane that waits looks for leases that have ended. */
    private static final long LOOK_MS = 1_000;

    private final Vertx vertx;
    private final Topic topic;
    private final Circuit circuit;
    private final Transport transport;
    private final long paceMs;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private boolean inFlight;
    private boolean stopped;
    private int alone;
    private long nextAt = RelayClock.millis();
    private long timer = NO_TIMER;

    /** @param paceMs least time from the begin of a publish to the begin of the next, by event of the first, unless the next is full */
    Lane(Vertx vertx, Topic topic, Circuit circuit, long paceMs, Transport transport) {
        this.vertx = vertx;
        this.topic = topic;
        this.circuit = circuit;
        this.paceMs = paceMs;
        this.transport = transport;
    }

    Topic topic() {
        return topic;
    }

    Circuit circuit() {
        return circuit;
    }

    int size() {
        return waiting.size();
    }

    void add(Item item) {
        waiting.addLast(item);
        if (timer == NO_TIMER || waiting.size() == MAX_BATCH) {
            sendNext();
        }
    }

    /** The publish is over, whatever came of it. */
    void ended() {
        inFlight = false;
    }

    /** Puts events back where they were: nothing may be sent before them. */
    void putBack(List<Item> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            waiting.addFirst(batch.get(i));
        }
    }

    /** So many of the next events go alone: one of them made a bulk of all of them fail. */
    void sendAlone(int events) {
        alone = events;
    }

    /** Begins no publish any more. */
    void stop() {
        stopped = true;
    }

    /** Sends what may be sent; called, too, when the circuit has changed. */
    void sendNext() {
        if (inFlight || stopped) {
            return;
        }
        giveUpWhatIsTooLate();
        if (waiting.isEmpty()) {
            return;
        }
        long wait = waitAt(RelayClock.millis());
        if (wait == 0) {
            send();
        } else {
            sendAfter(wait);
        }
    }

    /** What came first was leased first. */
    private void giveUpWhatIsTooLate() {
        long now = RelayClock.millis();
        while (!waiting.isEmpty() && !waiting.getFirst().delivery().isLeasedAt(now)) {
            transport.giveUp(waiting.removeFirst());
        }
    }

    private long waitAt(long now) {
        long pause = waiting.size() >= MAX_BATCH || alone > 0 ? 0 : Math.max(0, nextAt - now);
        return Math.max(pause, circuit.waitAt(now));
    }

    private void sendAfter(long wait) {
        cancelTimer();
        timer = vertx.setTimer(Math.min(wait, LOOK_MS), due -> {
            timer = NO_TIMER;
            sendNext();
        });
    }

    private void cancelTimer() {
        vertx.cancelTimer(timer);
        timer = NO_TIMER;
    }

    private void send() {
        cancelTimer();
        boolean isProbe = circuit.begin();
        List<Item> batch = take(isProbe || alone > 0 ? 1 : MAX_BATCH);
        alone = Math.max(0, alone - 1);
        nextAt = RelayClock.millis() + Math.min(MAX_PACE_MS, batch.size() * paceMs);
        inFlight = true;
        transport.send(this, batch, isProbe);
    }

    private List<Item> take(int events) {
        List<Item> batch = new ArrayList<>();
        int bytes = 0;
        while (batch.size() < events && !waiting.isEmpty()) {
            bytes += waiting.getFirst().bytes();
            if (bytes > MAX_BATCH_BYTES && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.removeFirst());
        }
        return batch;
    }
}
