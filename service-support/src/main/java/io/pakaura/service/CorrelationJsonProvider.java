package io.pakaura.service;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import net.logstash.logback.composite.AbstractJsonProvider;
import org.slf4j.event.KeyValuePair;

/** {@code correlation_id} in a JSON log line, unless the line brings its own. */
public final class CorrelationJsonProvider extends AbstractJsonProvider<ILoggingEvent> {
    private static final String FIELD = "correlation_id";

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) throws IOException {
        Correlation current = Correlation.current();
        if (current != null && !hasItsOwn(event)) {
            generator.writeStringField(FIELD, current.id());
        }
    }

    private static boolean hasItsOwn(ILoggingEvent event) {
        return event.getKeyValuePairs() != null
                && event.getKeyValuePairs().stream()
                        .map((KeyValuePair pair) -> pair.key)
                        .anyMatch(FIELD::equals);
    }
}
