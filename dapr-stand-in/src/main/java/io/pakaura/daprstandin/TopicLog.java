package io.pakaura.daprstandin;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A topic: what is appended to its partitions, kept until every consumer group has had it. */
final class TopicLog {

    /** Consumer groups of a topic; one more, and the one that has been absent for longest is forgotten. */
    static final int MAX_GROUPS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(TopicLog.class);

    private final String name;
    private final BrokerConfig config;
    private final Context context;
    private final CommittedOffsets offsets;
    private final LineLog log;
    private final long[] next;
    private final List<TreeMap<Long, StoredEvent>> partitions;
    private final Map<String, ConsumerGroup> groups = new LinkedHashMap<>();
    private int backlogEvents;
    private long backlogBytes;
    private long compactAbove;

    TopicLog(
            String name,
            BrokerConfig config,
            Context context,
            CommittedOffsets offsets,
            LineLog log,
            TopicState found) {
        this.name = name;
        this.config = config;
        this.context = context;
        this.offsets = offsets;
        this.log = log;
        this.next = found.next();
        this.compactAbove = config.maxFileBytes();
        this.partitions = Stream.generate(TreeMap<Long, StoredEvent>::new)
                .limit(config.partitions())
                .toList();
        found.groups().forEach((group, from) -> groups.put(group, new ConsumerGroup(group, this, context, from)));
        found.events().forEach(event -> {
            keep(event);
            count(event.payload(), 1);
        });
    }

    String name() {
        return name;
    }

    /** Completes when the event is in the log; never fails. */
    Future<PublishOutcome> append(int partition, @Nullable String key, Map<String, String> metadata, Buffer payload) {
        if (!makeRoom(payload)) {
            return Future.succeededFuture(
                    new PublishOutcome.Refused("the backlog of %d events is full".formatted(backlogEvents)));
        }
        StoredEvent event =
                new StoredEvent(partition, next[partition]++, System.currentTimeMillis(), key, metadata, payload);
        count(payload, 1);
        return log.append(TopicLines.encode(event))
                .map(written -> accept(event))
                .otherwise(fault -> refuse(event, fault));
    }

    private PublishOutcome accept(StoredEvent event) {
        keep(event);
        trim(event.partition());
        groups.values().forEach(group -> group.deliverNext(event.partition()));
        compactIfLarge();
        return new PublishOutcome.Accepted();
    }

    private void compactIfLarge() {
        if (log.size() <= compactAbove) {
            return;
        }
        compactAbove = Long.MAX_VALUE;
        // Where most of it is still needed, doing it again at once would help nobody.
        log.replace(this::remaining)
                .onFailure(fault -> LOG.error("the file of topic {} keeps growing", name, fault))
                .onComplete(done -> compactAbove = Math.max(config.maxFileBytes(), 2 * log.size()));
    }

    private PublishOutcome refuse(StoredEvent event, Throwable fault) {
        LOG.error("an event of topic {} could not be written", name, fault);
        count(event.payload(), -1);
        return new PublishOutcome.Refused("the log cannot be written: " + fault);
    }

    private boolean makeRoom(Buffer payload) {
        while (isFullFor(payload)) {
            Optional<ConsumerGroup> absent =
                    groups.values().stream().filter(this::isAbsentAndBehind).findFirst();
            if (absent.isEmpty()) {
                return false;
            }
            absent.get().skipTo(next);
        }
        return true;
    }

    private boolean isFullFor(Buffer payload) {
        return backlogEvents >= config.maxBacklogEvents() || backlogBytes + payload.length() > config.maxBacklogBytes();
    }

    private boolean isAbsentAndBehind(ConsumerGroup group) {
        boolean behind = false;
        for (int partition = 0; partition < next.length; partition++) {
            behind |= group.next(partition) < next[partition];
        }
        return group.isAbsent() && behind;
    }

    private void keep(StoredEvent event) {
        partitions.get(event.partition()).put(event.offset(), event);
    }

    private void count(Buffer payload, int sign) {
        backlogEvents += sign;
        backlogBytes += (long) sign * payload.length();
    }

    @Nullable
    StoredEvent firstFrom(int partition, long offset) {
        Map.Entry<Long, StoredEvent> first = partitions.get(partition).ceilingEntry(offset);
        return first == null ? null : first.getValue();
    }

    /** A group has come further in a partition. */
    void committed(ConsumerGroup group, int partition) {
        offsets.commit(group.name(), name, partition, group.next(partition));
        trim(partition);
    }

    private void trim(int partition) {
        long needed = groups.values().stream()
                .mapToLong(group -> group.next(partition))
                .min()
                .orElse(Long.MAX_VALUE);
        Map<Long, StoredEvent> consumed = partitions.get(partition).headMap(needed);
        consumed.values().forEach(event -> count(event.payload(), -1));
        consumed.clear();
    }

    private List<String> remaining() {
        List<String> lines = new ArrayList<>(List.of(TopicLines.encodeNext(next)));
        partitions.forEach(
                events -> events.values().stream().map(TopicLines::encode).forEach(lines::add));
        return lines;
    }

    /**
     * Makes the subscriber a member of a group. A new group begins at the end of the log.
     *
     * @throws IllegalStateException if the topic has no place for another group
     */
    ConsumerGroup join(String groupName, Subscriber member) {
        ConsumerGroup group = groups.get(groupName);
        if (group == null) {
            forgetOneIfFull();
            group = new ConsumerGroup(groupName, this, context, next);
            groups.put(groupName, group);
            for (int partition = 0; partition < next.length; partition++) {
                committed(group, partition);
            }
        }
        group.join(member);
        return group;
    }

    private void forgetOneIfFull() {
        if (groups.size() < MAX_GROUPS) {
            return;
        }
        ConsumerGroup absent = groups.values().stream()
                .filter(ConsumerGroup::isAbsent)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "topic %s has %d consumer groups already".formatted(name, groups.size())));
        LOG.warn("consumer group {} of topic {} is absent and forgotten: there are too many", absent.name(), name);
        groups.remove(absent.name());
        offsets.forget(absent.name(), name);
    }

    /** Completes when everything appended is written. */
    Future<Void> close() {
        return log.close();
    }
}
