package io.pakaura.syncgateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.syncgateway.feed.FeedEvent.Broken;
import io.pakaura.syncgateway.feed.FeedEvent.Other;
import io.pakaura.syncgateway.feed.FeedEvent.TaskChanged;
import io.pakaura.syncgateway.protocol.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final String GOOD =
            "{\"data\":{\"revision\":42,\"task\":{\"user_id\":\"x\",\"revision\":\"y\"},\"user_id\":\"älice\"},"
                    + "\"traceid\":\"c-1\",\"type\":\"sync.task\"}";

    private final EventReader reader = new EventReader(Json.mapper().getFactory());

    private FeedEvent read(String text) {
        return reader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_change_is_read_as_far_as_routing_needs() {
        assertThat(read(GOOD)).isInstanceOfSatisfying(TaskChanged.class, change -> {
            assertThat(change.user()).isEqualTo("älice");
            assertThat(change.revision()).isEqualTo(42);
            assertThat(change.fields()).isEqualTo(new EventFields("sync.task", "älice", "c-1"));
        });
    }

    @Test
    void a_type_that_is_not_known_is_not_looked_into() {
        assertThat(read("{\"data\":{\"revision\":1},\"type\":\"sync.later\"}")).isInstanceOf(Other.class);
        assertThat(read("{\"data\":[1],\"type\":\"sync.later\"}")).isInstanceOf(Other.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{",
                "{\"type\":\"sync.task\"}",
                "{\"type\":7,\"data\":{\"user_id\":\"a\",\"revision\":1}}",
                "{\"type\":\"sync.task\",\"data\":\"e30=\"}",
                "{\"type\":\"sync.task\",\"data\":{\"revision\":1}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"\",\"revision\":1}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":null,\"revision\":1}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":{\"a\":1},\"revision\":1}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"a\\nb\",\"revision\":1}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"a\",\"revision\":0}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"a\",\"revision\":1.5}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"a\",\"revision\":\"1\"}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"a\",\"revision\":99999999999999999999}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"a\",\"user_id\":\"b\",\"revision\":1}}",
                "{\"type\":\"sync.task\",\"type\":\"sync.task\",\"data\":{\"user_id\":\"a\",\"revision\":1}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"a\",\"revision\":1,\"revision\":2}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"\\ud800\",\"revision\":1}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"a\"},\"data\":{\"revision\":1}}",
                "{\"type\":\"sync.task\",\"traceid\":1,\"data\":{\"user_id\":\"a\",\"revision\":1}}",
                "{\"type\":\"sync.task\",\"data\":{\"user_id\":\"a\",\"revision\":1}} x"
            })
    void what_cannot_be_routed_is_broken(String text) {
        assertThat(read(text)).isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.reason())
                .isNotBlank());
    }

    @Test
    void an_endless_user_is_broken() {
        String user = "x".repeat(256);
        assertThat(read("{\"type\":\"sync.task\",\"data\":{\"user_id\":\"" + user + "\",\"revision\":1}}"))
                .isInstanceOf(Broken.class);
    }

    @Test
    void nesting_without_end_is_broken() {
        assertThat(read("{\"data\":" + "[".repeat(100_000))).isInstanceOf(Broken.class);
    }

    @Test
    void what_is_not_utf8_is_broken() {
        byte[] notUtf8 = GOOD.getBytes(StandardCharsets.UTF_8);
        notUtf8[GOOD.indexOf("42")] = (byte) 0xff;
        assertThat(reader.read(notUtf8)).isInstanceOf(Broken.class);
        assertThat(reader.read(GOOD.getBytes(StandardCharsets.UTF_16))).isInstanceOf(Broken.class);
        assertThat(reader.read(GOOD.replace('ä', 'a').getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(Broken.class);
    }

    @Test
    void a_byte_order_mark_would_break_the_browsers_reader() {
        assertThat(read('\ufeff' + GOOD)).isInstanceOf(Broken.class);
    }
}
