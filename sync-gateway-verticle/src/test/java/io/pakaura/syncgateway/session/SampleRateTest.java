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
    void of_each_second_only_the_first_are_picked() {
        assertThat(picked(2)).isEqualTo(2);
        assertThat(picked(10)).isEqualTo(1);

        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(picked(10)).isEqualTo(3);
    }

    private long picked(int of) {
        return IntStream.range(0, of).filter(one -> rate.next()).count();
    }
}
