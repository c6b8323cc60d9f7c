package io.pakaura.syncgateway.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What a log line says of an event, as the event has it; {@code null} where it has none.
 *
 * @param correlationId the event's {@code traceid}
 */
record EventFields(
        @Nullable String eventType,
        @Nullable String user,
        @Nullable String correlationId) {
    private static final int LONGEST = 255;

    static final EventFields NONE = new EventFields(null, null, null);

    /** Adds them to a log line, by the names that all services use. */
    LoggingEventBuilder addTo(LoggingEventBuilder line) {
        return line.addKeyValue("event_type", shown(eventType))
                .addKeyValue("topic", DaprRoutes.TOPIC)
                .addKeyValue("user_id", shown(user))
                .addKeyValue("correlation_id", shown(correlationId));
    }

    /** Anybody may have written it: what is too long for a log line, or no text, is left out. */
    private static @Nullable String shown(@Nullable String value) {
        return value == null || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)
                ? null
                : value;
    }
}
