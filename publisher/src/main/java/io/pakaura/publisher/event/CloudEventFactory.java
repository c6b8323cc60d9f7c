package io.pakaura.publisher.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

    private static Outgoing event(TaskChange change, EventType type, Object data) {
        return new Outgoing(
                type,
                CloudEventBuilder.v1()
                        .withId(idOf(change, type).toString())
                        .withSource(SOURCE)
                        .withType(type.typeName())
                        .withSubject(change.latest().id().toString())
                        .withTime(change.changedAt().atOffset(ZoneOffset.UTC))
                        .withExtension("traceid", change.correlationId())
                        .withExtension("traceparent", change.traceparent())
                        .withExtension("partitionkey", change.userId())
                        .withExtension("sequence", Long.toString(change.revision()))
                        .withData("application/json", EventJson.bytes(data))
                        .build());
    }

    private static UUID idOf(TaskChange change, EventType type) {
        String name = change.seed() + "/" + type.typeName();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
