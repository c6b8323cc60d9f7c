package io.pakaura.syncgateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.event.CloudEventCodec;
import io.pakaura.publisher.event.CloudEventFactory;
import io.pakaura.publisher.event.HeartbeatEvent;
import io.pakaura.syncgateway.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatReaderTest {
    private static final String GOOD =
            "{'data':{'epoch':'e','instance':'i','outbox_lag_ms':40,'partition':2,'partitions':3,'later':[{}]},"
                    + "'id':'1','traceid':'c-1','type':'sync.heartbeat'}";

    private final EventReader reader = new EventReader(Json.mapper().getFactory());

    private FeedEvent read(String text) {
        return reader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_heartbeat_is_read_and_what_later_versions_add_is_not_minded() {
        assertThat(read(GOOD))
                .isEqualTo(new FeedEvent.Beat(
                        new EventFields("sync.heartbeat", null, "c-1"), new Heartbeat("i", "e", 2, 3, 40)));
    }

    @Test
    void what_the_publisher_sends_is_read() {
        UUID instance = UUID.randomUUID();
        UUID epoch = UUID.randomUUID();
        byte[] sent = CloudEventCodec.encode(
                        CloudEventFactory.heartbeat(new HeartbeatEvent(instance, epoch, 1, 12, 8_001), Instant.now()))
                .getBytes();

        assertThat(reader.read(sent)).isInstanceOfSatisfying(FeedEvent.Beat.class, beat -> assertThat(beat.heartbeat())
                .isEqualTo(new Heartbeat(instance.toString(), epoch.toString(), 1, 12, 8_001)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'epoch':'e', | ",
                "'epoch':'e' | 'epoch':7",
                "'epoch':'e' | 'epoch':''",
                "'epoch':'e' | 'epoch':{'a':'b'}",
                "'instance':'i', | ",
                "'instance':'i' | 'instance':null",
                "'instance':'i' | 'instance':'a b'",
                "'instance':'i' | 'instance':'i','instance':'j'",
                "'outbox_lag_ms':40, | ",
                "'outbox_lag_ms':40 | 'outbox_lag_ms':-1",
                "'outbox_lag_ms':40 | 'outbox_lag_ms':'40'",
                "'outbox_lag_ms':40 | 'outbox_lag_ms':1.5",
                "'outbox_lag_ms':40 | 'outbox_lag_ms':99999999999999999999",
                "'partition':2, | ",
                "'partition':2 | 'partition':-1",
                "'partition':2 | 'partition':3",
                "'partition':2 | 'partition':[2]",
                "'partitions':3, | ",
                "'partitions':3 | 'partitions':0",
                "'partitions':3 | 'partitions':10001",
                "'partitions':3 | 'partitions':4294967299",
                "'data' | 'dada'",
            })
    void what_is_missing_or_wrong_makes_it_broken(String part, String instead) {
        assertThat(GOOD).contains(part);
        assertThat(read(GOOD.replace(part, instead == null ? "" : instead)))
                .isInstanceOfSatisfying(FeedEvent.Broken.class, broken -> assertThat(broken.reason())
                        .isNotBlank());
    }

    @Test
    void data_that_is_no_object_is_broken() {
        assertThat(read("{'data':[1],'type':'sync.heartbeat'}")).isInstanceOf(FeedEvent.Broken.class);
        assertThat(read("{'type':'sync.heartbeat'}")).isInstanceOf(FeedEvent.Broken.class);
    }
}
