package io.pakaura.daprstandin;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer group's way through a topic. Each partition is read on its own, an event at a time: the next is delivered when
 * the app is done with the one before. Which member gets it is decided at each delivery, so whoever comes or goes, an
 * event is never with two members at once.
 */
final class ConsumerGroup {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerGroup.class);

    private final String name;
    private final TopicLog topic;
    private final Context context;
    private final long[] next;
    private final boolean[] busy;
    private final List<Subscriber> members = new ArrayList<>();

    /** @param next the offset to begin at, by partition */
    ConsumerGroup(String name, TopicLog topic, Context context, long[] next) {
        this.name = name;
        this.topic = topic;
        this.context = context;
        this.next = next.clone();
        this.busy = new boolean[next.length];
    }

    String name() {
        return name;
    }

    long next(int partition) {
        return next[partition];
    }

    boolean isAbsent() {
        return members.isEmpty();
    }

    void join(Subscriber member) {
        members.add(member);
        for (int partition = 0; partition < next.length; partition++) {
            deliverNext(partition);
        }
    }

    void leave(Subscriber member) {
        members.remove(member);
    }

    /** Goes on from these offsets and never delivers what lies before them. */
    void skipTo(long[] offsets) {
        LOG.warn(
                "consumer group {} is absent and loses {} to {} of topic {}: its backlog is full",
                name,
                Arrays.toString(next),
                Arrays.toString(offsets),
                topic.name());
        System.arraycopy(offsets, 0, next, 0, next.length);
        for (int partition = 0; partition < next.length; partition++) {
            topic.committed(this, partition);
        }
    }

    /** Delivers the next event of a partition, unless one is being delivered, or there is none, or nobody to deliver to. */
    void deliverNext(int partition) {
        StoredEvent event = topic.firstFrom(partition, next[partition]);
        if (event == null || busy[partition] || isAbsent()) {
            return;
        }
        busy[partition] = true;
        Subscriber member = members.get(partition % members.size());
        member.deliver(event)
                .otherwise(fault -> new DeliveryOutcome.Retry(String.valueOf(fault)))
                .onSuccess(outcome -> settle(event, outcome, member.retryDelay()));
    }

    private void settle(StoredEvent event, DeliveryOutcome outcome, Duration retryDelay) {
        if (outcome instanceof DeliveryOutcome.Retry retry) {
            LOG.warn("{} is delivered again in {} ms: {}", describe(event), retryDelay.toMillis(), retry.reason());
            context.owner().setTimer(Math.max(1, retryDelay.toMillis()), timer -> proceed(event.partition()));
            return;
        }
        if (outcome instanceof DeliveryOutcome.Dropped dropped) {
            LOG.warn("{} is dropped: {}", describe(event), dropped.reason());
        }
        next[event.partition()] = Math.max(next[event.partition()], event.offset() + 1);
        topic.committed(this, event.partition());
        context.runOnContext(then -> proceed(event.partition()));
    }

    private void proceed(int partition) {
        busy[partition] = false;
        deliverNext(partition);
    }

    private String describe(StoredEvent event) {
        return "event %d of partition %d of topic %s for consumer group %s"
                .formatted(event.offset(), event.partition(), topic.name(), name);
    }
}
