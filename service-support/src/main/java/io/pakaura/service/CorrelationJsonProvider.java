package io.pakaura.service;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import net.logstash.logback.composite.AbstractJsonProvider;

/** {@code correlation_id} in a JSON log line, unless the line brings its own, which is written as its other fields are. */
public final class CorrelationJsonProvider extends AbstractJsonProvider<ILoggingEvent> {

    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) throws IOException {
        Correlation current = Correlation.current();
        if (current != null && LineCorrelation.own(event) == null) {
            generator.writeStringField(LineCorrelation.FIELD, current.id());
        }
    }
}
