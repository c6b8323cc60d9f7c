package io.pakaura.taskapi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private long now;

    private final TimeMeter clock = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };
    private final RateLimit limit = new RateLimit(new RateLimitConfig(2, 5), clock);

    @Test
    void a_burst_passes_and_the_next_request_is_told_when_to_come_back() {
        take(5);

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> limit.take("alice"));

        assertThat(refused.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(refused.headers()).containsEntry("Retry-After", "1");
    }

    @Test
    void a_bucket_refills_at_its_rate_and_not_over_its_brim() {
        take(5);
        pass(Duration.ofMillis(500));
        take(1);
        assertThat(isRefused()).isTrue();
        pass(Duration.ofHours(1));
        take(5);
        assertThat(isRefused()).isTrue();
    }

    @Test
    void one_user_s_haste_is_nothing_to_another() {
        take(5);

        assertThatCode(() -> limit.take("bob")).doesNotThrowAnyException();
    }

    @Test
    void who_is_slow_to_refill_is_not_forgotten_before() {
        RateLimit slow = new RateLimit(new RateLimitConfig(1, 100), clock);
        for (int i = 0; i < 100; i++) {
            slow.take("alice");
        }
        pass(Duration.ofSeconds(50));
        for (int i = 0; i < 50; i++) {
            slow.take("alice");
        }

        assertThat(catchThrowableOfType(ProblemException.class, () -> slow.take("alice")))
                .isNotNull();
    }

    private void take(int tokens) {
        for (int i = 0; i < tokens; i++) {
            limit.take("alice");
        }
    }

    private boolean isRefused() {
        return catchThrowableOfType(ProblemException.class, () -> limit.take("alice")) != null;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
