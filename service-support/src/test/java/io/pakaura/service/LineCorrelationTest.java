package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LineCorrelationTest {
    private static LoggingEvent line(KeyValuePair... fields) {
        var logger = (Logger) LoggerFactory.getLogger(LineCorrelationTest.class);
        var line = new LoggingEvent("", logger, Level.INFO, "something happened", null, null);
        line.setKeyValuePairs(List.of(fields));
        return line;
    }

    @Test
    void a_text_line_shows_the_correlation_that_it_brings() {
        var converter = new CorrelationConverter();
        assertThat(converter.convert(line(new KeyValuePair("session", "s"), new KeyValuePair("correlation_id", "own"))))
                .isEqualTo("own");
        assertThat(converter.convert(line())).isEqualTo("-");
    }
}
