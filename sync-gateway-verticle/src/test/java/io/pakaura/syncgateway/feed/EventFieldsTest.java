package io.pakaura.syncgateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EventFieldsTest {
    private static Map<String, Object> logged(EventFields fields) {
        Logger logger = (Logger) LoggerFactory.getLogger(EventFieldsTest.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        try {
            fields.addTo(logger.atInfo()).log("about an event");
        } finally {
            logger.detachAppender(lines);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
        Map<String, Object> values = new HashMap<>();
        lines.list.get(0).getKeyValuePairs().forEach(pair -> values.put(pair.key, pair.value));
        return values;
    }

    @Test
    void a_line_has_the_names_that_all_services_use() {
        assertThat(logged(new EventFields("sync.task", "älice", "c-1")))
                .isEqualTo(Map.of(
                        "event_type", "sync.task",
                        "topic", "task-updates",
                        "user_id", "älice",
                        "correlation_id", "c-1"));
    }

    @Test
    void what_is_endless_or_would_break_the_line_is_left_out() {
        assertThat(logged(new EventFields("sync\ntask", "x".repeat(256), "c-1\u0000")))
                .containsEntry("event_type", null)
                .containsEntry("user_id", null)
                .containsEntry("correlation_id", null);
    }
}
