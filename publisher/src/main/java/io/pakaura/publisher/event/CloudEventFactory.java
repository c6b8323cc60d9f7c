package io.pakaura.publisher.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Derives a change's events. The same change always gives the same events, ids included, so that publishing again
 * repeats an event and never makes a new one.
 */
public final class CloudEventFactory {
    /** {@code source} of all events. */
    public static final URI SOURCE = URI.create("pakaura/api");

    private CloudEventFactory() {}

    /** An event of a change: small, since it is made of the change when it is asked for. */
    public record Outgoing(TaskChange change, EventType type) {
        private static final int OTHER_FIELDS = 1_024;

        /** As UTF-8 in JSON. */
        private static final int MOST_BYTES_OF_CHAR = 3;

        public Topic topic() {
            return type.topic();
        }

        public UUID taskId() {
            return change.latest().id();
        }

        /** Makes the event: the same each time. */
        public CloudEvent event() {
            return CloudEventFactory.event(change, type);
        }

        /** At least the bytes of the event's data, where a text may stand as it was and three times as it is. */
        public int mostDataBytes() {
            int chars = change.userId().length() + textOf(change.before()) + 3 * textOf(change.after());
            return OTHER_FIELDS + MOST_BYTES_OF_CHAR * chars;
        }

        private static int textOf(@Nullable TaskState task) {
            return task == null ? 0 : task.textLength();
        }
    }

    /** The events of a change, at most one a topic, in the order of {@link Topic}. */
    public static List<Outgoing> eventsOf(TaskChange change) {
        List<Outgoing> events = new ArrayList<>(3);
        events.add(new Outgoing(change, EventType.SYNC_TASK));
        events.add(new Outgoing(change, change.type()));
        EventType reminder = ReminderEvent.typeOf(change);
        if (reminder != null) {
            events.add(new Outgoing(change, reminder));
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

    private static CloudEvent event(TaskChange change, EventType type) {
        return builder(
                        type,
                        idOf(change, type),
                        change.changedAt(),
                        change.correlationId(),
                        change.traceparent(),
                        data(change, type))
                .withSubject(change.latest().id().toString())
                .withExtension("partitionkey", change.userId())
                .withExtension("sequence", Long.toString(change.revision()))
                .build();
    }

    private static Object data(TaskChange change, EventType type) {
        return switch (type.topic()) {
            case TASK_UPDATES -> SyncEvent.of(change);
            case TASK_EVENTS -> TaskEvent.of(change);
            case REMINDERS -> ReminderEvent.of(change, type);
        };
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
