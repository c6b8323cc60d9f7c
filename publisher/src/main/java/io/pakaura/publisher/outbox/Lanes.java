package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.BulkPublishResult;
import io.pakaura.publisher.dapr.OutgoingEvent;
import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.Topic;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All lanes of all topics: sends what they give, and tells deliveries, circuits and lanes what came of it. Relay's context only. */
final class Lanes implements Lane.Transport {
    private final Map<Topic, List<Lane>> lanes = new EnumMap<>(Topic.class);
    private final Context context;
    private final EventSender sender;
    private final RelayMetrics metrics;
    private final Consumer<Delivery> changed;
    private final Promise<Void> drained = Promise.promise();
    private int inFlight;
    private boolean stopped;

    /** @param changed is told of a delivery when one of its topics was tried */
    Lanes(Context context, EventSender sender, RelayConfig config, RelayMetrics metrics, Consumer<Delivery> changed) {
        this.context = context;
        this.sender = sender;
        this.metrics = metrics;
        this.changed = changed;
        for (Topic topic : Topic.values()) {
            Circuit circuit = new Circuit(topic);
            lanes.put(
                    topic,
                    Stream.generate(() -> new Lane(context.owner(), topic, circuit, RelayConfig.paceOf(topic), this))
                            .limit(config.lanesOf(topic))
                            .toList());
        }
    }

    void add(Item item) {
        List<Lane> ofTopic = of(item.event().topic());
        int lane = Math.floorMod(item.delivery().row().userId().hashCode(), ofTopic.size());
        ofTopic.get(lane).add(item);
    }

    boolean isOpenTo(Topic topic) {
        return of(topic).get(0).circuit().isClosed();
    }

    /** The way to the topic is free, as somebody else has seen. */
    void takesEvents(Topic topic) {
        if (!isOpenTo(topic)) {
            of(topic).get(0).circuit().succeeded();
            of(topic).forEach(Lane::sendNext);
        }
    }

    /** Topics that have room for more rows, as bits. One whose circuit is open has if it lacks an event to probe with. */
    int wanted(int limit) {
        int bits = 0;
        for (Topic topic : Topic.values()) {
            int waiting = of(topic).stream().mapToInt(Lane::size).sum();
            if (waiting < (isOpenTo(topic) ? limit : 1)) {
                bits |= topic.bit();
            }
        }
        return bits;
    }

    /** Begins no publish any more; completes when none is in flight. */
    Future<Void> stop() {
        stopped = true;
        lanes.values().forEach(ofTopic -> ofTopic.forEach(Lane::stop));
        completeIfDrained();
        return drained.future();
    }

    private void completeIfDrained() {
        if (stopped && inFlight == 0) {
            drained.tryComplete();
        }
    }

    private List<Lane> of(Topic topic) {
        return lanes.getOrDefault(topic, List.of());
    }

    @Override
    public void giveUp(Item item) {
        item.delivery().tooLate(item.event().topic());
        changed.accept(item.delivery());
    }

    @Override
    public void send(Lane lane, List<Item> batch, boolean isProbe) {
        List<Item> sendable = new ArrayList<>(batch.size());
        List<OutgoingEvent> events = new ArrayList<>(batch.size());
        for (Item item : batch) {
            OutgoingEvent event = encoded(item);
            if (event != null) {
                sendable.add(item);
                events.add(event);
            }
        }
        if (events.isEmpty()) {
            lane.circuit().probed();
            context.runOnContext(next -> ended(lane, isProbe));
            return;
        }
        inFlight++;
        long begun = System.nanoTime();
        sending(lane.topic(), events).onComplete(sent -> {
            inFlight--;
            metrics.published(lane.topic(), sent.result(), events.size(), System.nanoTime() - begun);
            boolean wasClosed = lane.circuit().isClosed();
            new Attempt(lane, sendable, isProbe, metrics, changed).ended(sent.result());
            completeIfDrained();
            ended(lane, isProbe || !wasClosed);
        });
    }

    /** The next lane is first, or one that has much to probe with would keep the probe to itself. */
    private void ended(Lane lane, boolean circuitMayHaveChanged) {
        lane.ended();
        if (circuitMayHaveChanged) {
            List<Lane> inTurn = new ArrayList<>(of(lane.topic()));
            Collections.rotate(inTurn, -1 - inTurn.indexOf(lane));
            inTurn.forEach(Lane::sendNext);
        } else {
            lane.sendNext();
        }
    }

    private @Nullable OutgoingEvent encoded(Item item) {
        try {
            return item.encoded();
        } catch (RuntimeException broken) {
            item.delivery().failed(item.event().topic(), true);
            PublishLog.unserialisable(item.delivery().row(), broken);
            changed.accept(item.delivery());
            return null;
        }
    }

    /** Never fails: a lane that is in flight for ever would be lost. */
    private Future<BulkPublishResult> sending(Topic topic, List<OutgoingEvent> events) {
        return Future.succeededFuture()
                .compose(now -> sender.send(topic, events))
                .otherwise(fault -> new BulkPublishResult.AsOne(new PublishResult.Unreachable(fault.toString())));
    }
}
