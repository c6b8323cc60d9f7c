package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainPlanTest {
    private static final Duration DEFAULT = Duration.ofSeconds(20);

    private final Random random = new Random(1);

    private List<Duration> reconnects(DrainPlan plan, int sockets) {
        return plan.reconnects(sockets, random::nextDouble);
    }

    private static long mostIn(Duration window, List<Duration> times) {
        return times.stream()
                .mapToLong(begin -> times.stream()
                        .filter(time -> time.compareTo(begin) >= 0 && time.compareTo(begin.plus(window)) < 0)
                        .count())
                .max()
                .orElse(0);
    }

    @Test
    void a_few_sockets_need_no_more_than_the_lead() {
        DrainPlan plan = DrainPlan.of(2, DEFAULT);
        assertThat(reconnects(plan, 2))
                .allSatisfy(time -> assertThat(time).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2020)));
    }

    @Test
    void sockets_that_can_be_sent_away_calmly_are() {
        DrainPlan plan = DrainPlan.of(1000, DEFAULT);
        assertThat(plan.spread()).isEqualTo(Duration.ofSeconds(10));
        assertThat(mostIn(Duration.ofSeconds(1), reconnects(plan, 1000))).isLessThanOrEqualTo(102);
    }

    @Test
    void more_sockets_go_as_fast_as_they_must_and_evenly() {
        DrainPlan plan = DrainPlan.of(10_000, DEFAULT);
        assertThat(plan.spread()).isEqualTo(Duration.ofSeconds(16));
        assertThat(mostIn(Duration.ofMillis(100), reconnects(plan, 10_000))).isLessThanOrEqualTo(65);
    }

    @Test
    void shares_of_several_event_loops_make_up_the_same_rate() {
        DrainPlan plan = DrainPlan.of(1200, DEFAULT);
        List<Duration> all = Stream.of(100, 300, 800)
                .flatMap(share -> reconnects(plan, share).stream())
                .sorted()
                .toList();
        assertThat(mostIn(Duration.ofSeconds(1), all)).isLessThanOrEqualTo(106);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 199, 2_000, 20_000})
    void everybody_is_gone_before_the_time_is_over(int sockets) {
        DrainPlan plan = DrainPlan.of(sockets, DEFAULT);
        assertThat(reconnects(plan, sockets)).hasSize(sockets).isSorted().allSatisfy(time -> assertThat(time)
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(18)));
        assertThat(plan.within()).isEqualTo(DEFAULT);
    }

    @Test
    void chance_decides_within_a_slot_only() {
        DrainPlan plan = DrainPlan.of(1000, DEFAULT);
        List<Long> slots = reconnects(plan, 1000).stream()
                .map(time -> time.minusSeconds(2).toMillis() / 10)
                .toList();
        assertThat(slots)
                .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
    }

    @Test
    void without_time_all_go_at_once_and_a_moment_is_left_for_the_close_frames() {
        DrainPlan plan = DrainPlan.of(1000, Duration.ZERO);
        assertThat(reconnects(plan, 1000)).containsOnly(Duration.ZERO);
        assertThat(plan.within()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void nobody_needs_no_plan() {
        assertThat(reconnects(DrainPlan.of(0, DEFAULT), 0)).isEmpty();
    }
}
