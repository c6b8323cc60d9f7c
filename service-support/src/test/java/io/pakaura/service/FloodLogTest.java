package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FloodLogTest {
    private enum Weather implements FloodLog.Kind {
        RAIN(org.slf4j.event.Level.WARN, "drops fell"),
        SNOW(org.slf4j.event.Level.INFO, "flakes fell");

        private final org.slf4j.event.Level level;
        private final String message;

        Weather(org.slf4j.event.Level level, String message) {
            this.level = level;
            this.message = message;
        }

        @Override
        public org.slf4j.event.Level level() {
            return level;
        }

        @Override
        public String message() {
            return message;
        }
    }

    private final Logger logger = (Logger) LoggerFactory.getLogger("flood");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now = Long.MAX_VALUE; // System.nanoTime may be any number, and goes on from there.
    private final FloodLog<Weather> floods = new FloodLog<>(logger, Weather.class, () -> now);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        lines.start();
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    private void pass(int seconds) {
        for (int n = 0; n < seconds; n++) {
            now += Duration.ofSeconds(1).toNanos();
            floods.settle();
        }
    }

    @Test
    void the_first_of_a_kind_is_a_line_with_what_is_known_of_it() {
        floods.add(Weather.RAIN, line -> line.addKeyValue("where", "here"));
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).isEqualTo("drops fell");
            assertThat(line.getKeyValuePairs().toString()).isEqualTo("[where=\"here\"]");
        });
    }

    @Test
    void of_a_flood_there_is_a_line_a_minute_and_nothing_goes_uncounted() {
        for (int second = 0; second < 150; second++) {
            floods.add(Weather.RAIN, line -> line.addKeyValue("where", "here"));
            pass(1);
        }
        pass(60);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "drops fell",
                        "drops fell: 59 more since the last line",
                        "drops fell: 60 more since the last line",
                        "drops fell: 30 more since the last line");
    }

    @Test
    void after_a_minute_without_the_next_one_is_a_first_again() {
        floods.add(Weather.RAIN, line -> line.addKeyValue("where", "here"));
        pass(61);
        floods.add(Weather.RAIN, line -> line.addKeyValue("where", "there"));
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("drops fell", "drops fell");
    }

    @Test
    void kinds_do_not_hide_each_other() {
        floods.add(Weather.RAIN, line -> line.addKeyValue("where", "here"));
        floods.add(Weather.SNOW, line -> line.addKeyValue("where", "here"));
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
    }

    @Test
    void at_the_end_it_says_what_was_left_out_so_far() {
        for (int n = 0; n < 5; n++) {
            floods.add(Weather.values()[0], line -> line);
        }

        floods.close();
        floods.close();

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        Weather.values()[0].message(), Weather.values()[0].message() + ": 4 more since the last line");
    }
}
