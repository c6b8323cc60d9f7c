package io.pakaura.service;

import ch.qos.logback.classic.spi.ILoggingEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** The correlation id of a log line: what is about an event or a session brings its own, wherever it runs. */
final class LineCorrelation {
    static final String FIELD = "correlation_id";

    private LineCorrelation() {}

    /** The line's own, or else that of the request that runs now. */
    static @Nullable String of(ILoggingEvent line) {
        String own = own(line);
        Correlation current = Correlation.current();
        return own == null && current != null ? current.id() : own;
    }

    static @Nullable String own(ILoggingEvent line) {
        if (line.getKeyValuePairs() == null) {
            return null;
        }
        for (KeyValuePair field : line.getKeyValuePairs()) {
            if (FIELD.equals(field.key)) {
                return String.valueOf(field.value);
            }
        }
        return null;
    }
}
