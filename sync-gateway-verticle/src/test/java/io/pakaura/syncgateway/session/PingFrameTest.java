package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pakaura.syncgateway.protocol.Json;
import io.pakaura.syncgateway.protocol.MessageCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PingFrameTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
    private final PingFrame ping =
            new PingFrame(new MessageCodec(Json.mapper(), Clock.systemUTC()), Duration.ofSeconds(25), now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static String id(OutboundFrame frame) throws JsonProcessingException {
        return Json.mapper().readTree(frame.text()).path("id").asText();
    }

    @Test
    void sockets_that_are_asked_at_about_the_same_time_share_a_frame() {
        OutboundFrame first = ping.current();
        pass(Duration.ofSeconds(2));
        assertThat(ping.current()).isSameAs(first);
    }

    @Test
    void a_socket_that_is_asked_again_hears_another_event() throws JsonProcessingException {
        OutboundFrame first = ping.current();
        pass(Duration.ofSeconds(3));
        OutboundFrame second = ping.current();
        assertThat(id(second)).isNotEqualTo(id(first));
        assertThat(ping.current()).isSameAs(second);
    }
}
