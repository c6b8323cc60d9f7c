package io.pakaura.benchmarks.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long START = 7;

    @Test
    void spaced_events_are_due_one_after_another_and_users_take_turns() {
        Schedule schedule = new Schedule(100, 1_000, START, 500, 1);

        assertThat(schedule.due(100)).isEqualTo(START);
        assertThat(schedule.due(101)).isEqualTo(START + 2_000_000);
        assertThat(schedule.due(600)).isEqualTo(START + 1_000_000_000);
        assertThat(schedule.userOf(101, 3)).isEqualTo(1);
        assertThat(schedule.userOf(103, 3)).isZero();
    }

    @Test
    void a_burst_is_due_at_once_and_is_one_users() {
        Schedule schedule = new Schedule(100, 1_000, START, 500, 10);

        assertThat(schedule.due(109)).isEqualTo(START);
        assertThat(schedule.due(110)).isEqualTo(START + 20_000_000);
        assertThat(schedule.userOf(109, 3)).isZero();
        assertThat(schedule.userOf(110, 3)).isEqualTo(1);
    }

    @Test
    void a_run_owns_its_own_numbers_only() {
        Schedule schedule = new Schedule(100, 10, START, 500, 1);

        assertThat(schedule.owns(99)).isFalse();
        assertThat(schedule.owns(100)).isTrue();
        assertThat(schedule.owns(109)).isTrue();
        assertThat(schedule.owns(110)).isFalse();
    }
}
