package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void a_row_to_blame_waits_from_half_a_second_doubling_to_ten_minutes() {
        assertThat(BackOff.after(0, true)).isEqualTo(Duration.ofMillis(500));
        assertThat(BackOff.after(1, true)).isEqualTo(Duration.ofSeconds(1));
        assertThat(BackOff.after(4, true)).isEqualTo(Duration.ofSeconds(8));
        assertThat(BackOff.after(1_000, true)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void a_row_that_is_not_to_blame_waits_four_seconds_at_most() {
        assertThat(BackOff.after(0, false)).isEqualTo(Duration.ofMillis(500));
        assertThat(BackOff.after(1_000, false)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void an_outage_however_long_makes_no_row_look_bad() {
        int attempts = 0;
        for (int i = 0; i < 100; i++) {
            attempts = BackOff.attemptsAfter(attempts, false);
        }

        assertThat(attempts).isEqualTo(BackOff.MAX_OUTAGE_ATTEMPTS);
        assertThat(BackOff.after(attempts, true)).isEqualTo(Duration.ofSeconds(4));
        assertThat(BackOff.attemptsAfter(9, false)).isEqualTo(9);
        assertThat(BackOff.attemptsAfter(9, true)).isEqualTo(10);
    }
}
