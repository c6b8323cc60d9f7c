package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    @Test
    void all_event_loops_together_take_a_quarter_of_the_files() {
        assertThat(ConnectionLimits.DEFAULT.within(1_024, 2).connections()).isEqualTo(128);
        assertThat(ConnectionLimits.DEFAULT.within(1_024, 1).connections()).isEqualTo(256);
        assertThat(ConnectionLimits.DEFAULT.within(8, 16).connections()).isEqualTo(1);
    }

    @Test
    void where_there_are_many_files_nothing_changes() {
        assertThat(ConnectionLimits.DEFAULT.within(1 << 20, 2)).isEqualTo(ConnectionLimits.DEFAULT);
    }
}
