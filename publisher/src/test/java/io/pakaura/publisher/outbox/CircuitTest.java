package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CircuitTest {
    private final Circuit circuit = new Circuit(Topic.TASK_UPDATES);

    @Test
    void three_rows_that_are_refused_in_a_row_are_not_to_blame() {
        circuit.refused(1, 0);
        circuit.refused(2, 0);
        assertThat(circuit.isClosed()).isTrue();

        circuit.refused(3, 0);

        assertThat(circuit.isClosed()).isFalse();
    }

    @Test
    void one_row_that_is_refused_again_and_again_opens_nothing() {
        for (int i = 0; i < 10; i++) {
            circuit.refused(1, 0);
        }

        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void rows_that_are_refused_among_others_that_are_not_open_nothing() {
        for (int row = 0; row < 10; row++) {
            circuit.refused(row, 0);
            circuit.succeeded();
        }

        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void an_open_one_lets_one_probe_through_after_a_wait() {
        circuit.open(false, 1_000);
        assertThat(circuit.waitAt(1_100)).isEqualTo(400);
        assertThat(circuit.waitAt(1_500)).isZero();

        assertThat(circuit.begin()).isTrue();

        assertThat(circuit.waitAt(1_500)).isEqualTo(Circuit.UNTIL_TOLD);
    }

    @Test
    void probes_that_fail_make_the_wait_longer_up_to_four_seconds() {
        long now = 0;
        circuit.open(false, now);
        for (long wait : new long[] {500, 1_000, 2_000, 4_000, 4_000}) {
            assertThat(circuit.waitAt(now)).isEqualTo(wait);
            now += wait;
            circuit.begin();
            circuit.probed();
            circuit.open(true, now);
        }
    }

    @Test
    void what_was_sent_before_the_outage_was_known_makes_the_wait_no_longer() {
        circuit.open(false, 0);
        circuit.open(false, 300);

        assertThat(circuit.waitAt(300)).isEqualTo(200);
    }

    @Test
    void a_success_closes_it_and_the_next_outage_begins_anew() {
        circuit.open(false, 0);
        circuit.begin();
        circuit.probed();
        circuit.open(true, 500);

        circuit.succeeded();
        assertThat(circuit.waitAt(500)).isZero();
        circuit.open(false, 600);

        assertThat(circuit.waitAt(600)).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void what_is_wrong_with_the_configuration_is_no_rows_fault(int status) {
        assertThat(Circuit.isRowsFault(new PublishResult.Rejected(status, ""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 400, 413, 500, 503})
    void any_other_refusal_may_be(int status) {
        assertThat(Circuit.isRowsFault(new PublishResult.Rejected(status, ""))).isTrue();
    }
}
