package io.pakaura.syncgateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PartitionCheckTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(PartitionCheck.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now = Long.MAX_VALUE;
    private final PartitionCheck check = new PartitionCheck(() -> now);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    private static Heartbeat beat(int partition, int partitions) {
        return new Heartbeat("i", "e", partition, partitions, 0);
    }

    @Test
    void what_comes_where_it_should_is_fine() {
        check.cameBy(5);
        check.watched(3);
        check.cameBy(2);
        check.cameBy(-1);
        check.cameBy(2, beat(2, 3));
        assertThat(lines.list).isEmpty();
    }

    @Test
    void a_heartbeat_for_another_partition_is_told() {
        check.cameBy(1, beat(2, 3));
        assertThat(lines.list).singleElement().asString().contains("TASK_UPDATES_PARTITIONS");
    }

    @Test
    void an_event_by_a_partition_without_heartbeats_is_told() {
        check.watched(3);
        check.cameBy(3);
        assertThat(lines.list).singleElement().asString().contains("TASK_UPDATES_PARTITIONS");
    }

    @Test
    void a_minute_has_one_line_at_most() {
        for (int second = 0; second < 121; second++) {
            check.cameBy(1, beat(0, 3));
            check.cameBy(1, beat(2, 3));
            now += TimeUnit.SECONDS.toNanos(1);
        }
        assertThat(lines.list).hasSize(3);
    }
}
