package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.dapr.PublishResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final PublishResult REJECTED = new PublishResult.Rejected(500, "no");
    private static final PublishResult UNREACHABLE = new PublishResult.Unreachable("no");

    @Test
    void a_rejected_row_waits_from_half_a_second_doubling_to_ten_minutes() {
        assertThat(BackOff.after(0, REJECTED)).isEqualTo(Duration.ofMillis(500));
        assertThat(BackOff.after(1, REJECTED)).isEqualTo(Duration.ofSeconds(1));
        assertThat(BackOff.after(4, REJECTED)).isEqualTo(Duration.ofSeconds(8));
        assertThat(BackOff.after(1_000, REJECTED)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void a_row_that_only_waits_for_its_sidecar_is_tried_every_five_seconds() {
        assertThat(BackOff.after(0, UNREACHABLE)).isEqualTo(Duration.ofMillis(500));
        assertThat(BackOff.after(1_000, UNREACHABLE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(BackOff.after(1_000, new PublishResult.TimedOut())).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void an_outage_however_long_makes_no_row_look_bad() {
        int attempts = 0;
        for (int i = 0; i < 100; i++) {
            attempts = BackOff.attemptsAfter(attempts, UNREACHABLE);
        }

        assertThat(BackOff.after(attempts, REJECTED)).isLessThanOrEqualTo(Duration.ofSeconds(8));
        assertThat(BackOff.attemptsAfter(9, UNREACHABLE)).isEqualTo(9);
        assertThat(BackOff.attemptsAfter(9, REJECTED)).isEqualTo(10);
    }
}
