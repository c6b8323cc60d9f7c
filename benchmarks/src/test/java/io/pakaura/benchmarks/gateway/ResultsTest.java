package io.pakaura.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pakaura.service.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ResultsTest {
    @Test
    void ten_at_once_are_compared_above_what_answering_costs() {
        assertThat(Deliveries.Bursts.share(60, 30, 20, 10)).isEqualTo(0.5);
    }

    @Test
    void churn_compares_the_last_sixth_with_the_second() {
        List<Long> growing =
                LongStream.range(0, 60).mapToObj(second -> 100 + second).toList();

        Churn.Result result = new Churn.Result(6_000, growing);

        assertThat(result.sixth(1)).isEqualTo(104.5);
        assertThat(result.sixth(2)).isEqualTo(114.5);
        assertThat(result.growth()).isEqualTo(154.5 / 114.5);
    }

    @Test
    void memory_is_told_by_the_socket() {
        assertThat(new IdleMemory.Result("x", 1_000, 1_024_000, 11_264_000).kibibytesASocket())
                .isEqualTo(10);
    }

    @Test
    void parts_are_chosen_by_name() {
        assertThat(Part.of(List.of("deliveries", "slow-reader"))).isEqualTo(Set.of(Part.DELIVERIES, Part.SLOW_READER));
        assertThatThrownBy(() -> Part.of(List.of("deliverys"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(GatewayConfig.read(new Settings(Map.of())).parts()).containsExactlyInAnyOrder(Part.values());
    }
}
