package io.pakaura.benchmarks.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelayMetricsTest {
    private static final String BEFORE =
            """
            # TYPE outbox_delay_seconds histogram
            outbox_delay_seconds_bucket{topic="task-events",le="0.001"} 7
            outbox_delay_seconds_count{topic="task-events"} 7
            outbox_delay_seconds_sum{topic="task-events"} 70.0
            outbox_delay_seconds_bucket{topic="task-updates",le="0.001"} 0
            outbox_delay_seconds_bucket{topic="task-updates",le="0.005"} 10
            outbox_delay_seconds_bucket{topic="task-updates",le="+Inf"} 10
            outbox_delay_seconds_count{topic="task-updates"} 10
            outbox_delay_seconds_sum{topic="task-updates"} 0.02
            """;
    private static final String AFTER =
            """
            outbox_delay_seconds_bucket{topic="task-updates",le="0.001"} 60
            outbox_delay_seconds_bucket{topic="task-updates",le="0.005"} 108
            outbox_delay_seconds_bucket{topic="task-updates",le="+Inf"} 110
            outbox_delay_seconds_count{topic="task-updates"} 110
            outbox_delay_seconds_sum{topic="task-updates"} 0.22
            """;

    @Test
    void a_run_is_what_came_between_two_looks() {
        DelayMetrics run = DelayMetrics.read(AFTER).since(DelayMetrics.read(BEFORE));

        assertThat(run.count()).isEqualTo(100);
        assertThat(run.mean()).isEqualTo(2.0, org.assertj.core.api.Assertions.offset(1e-9));
        assertThat(run.atMost(50)).isEqualTo(1);
        assertThat(run.atMost(98)).isEqualTo(5);
        assertThat(run.atMost(99)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void before_the_first_event_there_is_nothing_to_see() {
        assertThat(DelayMetrics.read("").count()).isZero();
    }
}
