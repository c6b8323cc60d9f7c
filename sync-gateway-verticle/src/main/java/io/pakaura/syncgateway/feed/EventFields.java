package io.pakaura.syncgateway.feed;

import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The fields of a log line about an event; {@code null} where the event has none that can be shown.
 *
 * @param correlationId the event's {@code traceid}
 */
record EventFields(
        @Nullable String eventType,
        @Nullable String user,
        @Nullable String correlationId) {
    private static final int LONGEST = 255;

    static final EventFields NONE = new EventFields(null, null, null);

    /** Of values that anybody may have written: what is too long for a log line is left out. */
    static EventFields of(@Nullable String eventType, @Nullable String user, @Nullable String correlationId) {
        return new EventFields(shown(eventType), shown(user), shown(correlationId));
    }

    private static @Nullable String shown(@Nullable String value) {
        return value == null || value.length() > LONGEST || hasControl(value) ? null : value;
    }

    /** A loop, since this is done for each event, whether a line is written or not. */
    private static boolean hasControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Adds them to a log line, by the names that all services use. */
    LoggingEventBuilder addTo(LoggingEventBuilder line) {
        return line.addKeyValue("event_type", eventType)
                .addKeyValue("topic", DaprRoutes.TOPIC)
                .addKeyValue("user_id", user)
                .addKeyValue("correlation_id", correlationId);
    }
}
