package io.pakaura.publisher.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Derives a change's events. The same change always gives the same events, ids included, so that publishing again
 * repeats an event and never makes a new one.
 */
public final class CloudEventFactory {
    /** {@code source} of all events. */
    public static final URI SOURCE = URI.create("pakaura/api");

    private CloudEventFactory() {}

    /** An event and where it goes. */
    public record Outgoing(EventType type, CloudEvent event) {
        public Topic topic() {
            return type.topic();
        }

        /** Bytes of the event's data. */
        public int dataBytes() {
            CloudEventData data = event.getData();
            return data == null ? 0 : data.toBytes().length;
        }
    }

    /** The events of a change, at most one a topic, in the order of {@link Topic}. */
    public static List<Outgoing> eventsOf(TaskChange change) {
        List<Outgoing> events = new ArrayList<>(3);
        events.add(event(change, EventType.SYNC_TASK, SyncEvent.of(change)));
        events.add(event(change, change.type(), TaskEvent.of(change)));
        EventType reminder = ReminderEvent.typeOf(change);
        if (reminder != null) {
            events.add(event(change, reminder, ReminderEvent.of(change, reminder)));
        }
        return events;
    }

    /** A heartbeat. It has no key: where it goes is said with its publication. */
    public static CloudEvent heartbeat(HeartbeatEvent beat, Instant now) {
        UUID id = UUID.randomUUID();
        String hex = id.toString().replace("-", "");
        String traceparent = "00-" + hex + "-" + hex.substring(16) + "-01";
        return builder(EventType.SYNC_HEARTBEAT, id, now, id.toString(), traceparent, beat)
                .build();
    }

    private static Outgoing event(TaskChange change, EventType type, Object data) {
        return new Outgoing(
                type,
                builder(
                                type,
                                idOf(change, type),
                                change.changedAt(),
                                change.correlationId(),
                                change.traceparent(),
                                data)
                        .withSubject(change.latest().id().toString())
                        .withExtension("partitionkey", change.userId())
                        .withExtension("sequence", Long.toString(change.revision()))
                        .build());
    }

    private static CloudEventBuilder builder(
            EventType type, UUID id, Instant time, String traceid, String traceparent, Object data) {
        return CloudEventBuilder.v1()
                .withId(id.toString())
                .withSource(SOURCE)
                .withType(type.typeName())
                .withTime(time.atOffset(ZoneOffset.UTC))
                .withExtension("traceid", traceid)
                .withExtension("traceparent", traceparent)
                .withData("application/json", EventJson.bytes(data));
    }

    private static UUID idOf(TaskChange change, EventType type) {
        String name = change.seed() + "/" + type.typeName();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
