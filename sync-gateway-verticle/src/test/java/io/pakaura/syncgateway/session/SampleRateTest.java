package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleRateTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final SampleRate rate = new SampleRate(3, now::get);

    @Test
    void a_few_are_all_picked() {
        assertThat(picked(3)).isEqualTo(3);
    }

    @Test
    void of_many_every_nth_is_picked_by_how_many_the_second_before_had() {
        assertThat(picked(30)).isEqualTo(10);

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(picked(30)).isEqualTo(3);

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(picked(2)).isEqualTo(1);

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(picked(2)).isEqualTo(2);
    }

    @Test
    void of_a_burst_after_silence_few_are_picked_and_those_are_spread_over_it() {
        assertThat(picked(1_000)).isBetween(6L, 30L);
        assertThat(picked(1_000)).isBetween(1L, 3L);
    }

    private long picked(int of) {
        return IntStream.range(0, of).filter(one -> rate.next()).count();
    }
}
