package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.CloudEventCodec;
import io.pakaura.publisher.event.CloudEventFactory.Outgoing;
import io.pakaura.publisher.event.Topic;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * The events of some users, sent one at a time a topic, so that each user's keep their order. Relay's context only;
 * bounded by the relay.
 */
final class Lane {
    /** An event of a delivery. */
    record Item(Delivery delivery, Outgoing event) {
        Buffer encoded() {
            return CloudEventCodec.encode(event.event());
        }
    }

    /** Sends an item and calls {@link Lane#sent} when that is over, whatever came of it. */
    @FunctionalInterface
    interface Transport {
        void send(Lane lane, Item item);
    }

    private final Map<Topic, Queue<Item>> queues = new EnumMap<>(Topic.class);
    private final Set<Topic> inFlight = EnumSet.noneOf(Topic.class);
    private final Transport transport;

    Lane(Transport transport) {
        this.transport = transport;
    }

    void add(Delivery delivery) {
        for (Outgoing event : delivery.events()) {
            queues.computeIfAbsent(event.topic(), topic -> new ArrayDeque<>()).add(new Item(delivery, event));
            sendNext(event.topic());
        }
    }

    /** The topic's publish is over: the next may go. */
    void sent(Topic topic) {
        inFlight.remove(topic);
        sendNext(topic);
    }

    private void sendNext(Topic topic) {
        Queue<Item> queue = queues.get(topic);
        if (queue == null || queue.isEmpty() || !inFlight.add(topic)) {
            return;
        }
        transport.send(this, queue.remove());
    }
}
