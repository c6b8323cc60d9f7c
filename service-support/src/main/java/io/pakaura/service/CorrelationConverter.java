package io.pakaura.service;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %correlation} in a text log: the line's own correlation id, or else the running request's, or {@code -}. */
public final class CorrelationConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        String id = LineCorrelation.of(event);
        return id == null ? "-" : id;
    }
}
