package io.pakaura.service;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %correlation} in a text log: the running request's correlation id, or {@code -}. */
public final class CorrelationConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        Correlation current = Correlation.current();
        return current == null ? "-" : current.id();
    }
}
