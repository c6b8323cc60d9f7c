package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameRateTest {
    private long now;
    private final FrameRate rate = new FrameRate(new SessionLimits(0, 0, 0, 0, 0, 10, 5), () -> now);

    private long allowedOf(int frames) {
        return IntStream.range(0, frames).filter(frame -> rate.allows()).count();
    }

    @Test
    void a_burst_is_allowed_and_no_more() {
        assertThat(allowedOf(100)).isEqualTo(5);
    }

    @Test
    void time_fills_it_again_up_to_the_burst() {
        assertThat(allowedOf(5)).isEqualTo(5);
        now += TimeUnit.MILLISECONDS.toNanos(200);
        assertThat(allowedOf(100)).isEqualTo(2);
        now += TimeUnit.HOURS.toNanos(1);
        assertThat(allowedOf(100)).isEqualTo(5);
    }
}
