package io.pakaura.syncgateway;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.pakaura.service.Correlation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The lines of one logger and those below it, while a test looks. Nothing is printed meanwhile. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    static final String ACCESS = "sync-gateway.access";

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final @Nullable Level levelBefore;

    /**
     * A line.
     *
     * @param contextId correlation id of where it was logged
     */
    record Line(
            String message,
            Map<String, Object> fields,
            @Nullable String contextId) {}

    private LogCapture(String name, Level level) {
        this.logger = (Logger) LoggerFactory.getLogger(name);
        this.levelBefore = logger.getLevel();
        logger.setLevel(level);
        logger.setAdditive(false);
        logger.addAppender(this);
        start();
    }

    static LogCapture of(String name, Level level) {
        return new LogCapture(name, level);
    }

    /** The access log. */
    static LogCapture access() {
        return of(ACCESS, Level.INFO);
    }

    @Override
    protected void append(ILoggingEvent event) {
        Map<String, Object> fields = new HashMap<>();
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> fields.put(pair.key, pair.value));
        }
        Correlation current = Correlation.current();
        lines.add(new Line(event.getFormattedMessage(), fields, current == null ? null : current.id()));
    }

    List<Line> lines() {
        return lines;
    }

    /** The lines with this value in a field. */
    List<Line> with(String field, Object value) {
        return lines.stream()
                .filter(line -> value.equals(line.fields().get(field)))
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(levelBefore);
    }
}
