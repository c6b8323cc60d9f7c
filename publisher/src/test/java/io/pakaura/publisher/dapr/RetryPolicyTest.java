package io.pakaura.publisher.dapr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final RetryPolicy POLICY = RetryPolicy.STATE_AND_SECRETS;

    @Test
    void delays_double_from_half_a_second_and_spread_by_half_as_much_again() {
        assertThat(POLICY.delay(1, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(POLICY.delay(1, 1)).isEqualTo(Duration.ofMillis(750));
        assertThat(POLICY.delay(2, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(POLICY.delay(2, 1)).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void three_tries_and_what_is_between_them_take_ten_seconds_at_most() {
        assertThat(POLICY.tries()).isEqualTo(3);
        assertThat(POLICY.tryTimeout().multipliedBy(3).plus(POLICY.delay(1, 1)).plus(POLICY.delay(2, 1)))
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
    }
}
