package io.pakaura.service;

import java.util.List;
import java.util.Locale;

/**
 * How log lines look.
 *
 * @param level the least severe level that is written
 * @param format {@code json} (one object a line, on standard output) or {@code text}
 */
public record LogConfig(String level, String format) {

    /** {@code LOG_LEVEL}, {@code LOG_FORMAT}. */
    public static LogConfig read(Settings settings) {
        return new LogConfig(
                settings.choice("LOG_LEVEL", "INFO", List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF")),
                settings.choice("LOG_FORMAT", "json", List.of("json", "text")));
    }

    /** Takes effect if nothing has been logged yet: {@code logback.xml} reads these properties once. */
    public void apply() {
        System.setProperty("log.level", level);
        System.setProperty("log.format", format.toLowerCase(Locale.ROOT));
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
    }
}
