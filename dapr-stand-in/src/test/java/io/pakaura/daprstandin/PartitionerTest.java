package io.pakaura.daprstandin;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.daprstandin.Partitioner.Choice;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PartitionerTest {

    private final Partitioner partitioner = new Partitioner(RandomGenerator.getDefault());

    @Test
    void aKeyGoesWhereDaprsKafkaComponentSendsIt() {
        assertThat(partitioner.choose(Map.of("partitionKey", "alice"), 3)).isEqualTo(new Choice.Partition(2));
        assertThat(partitioner.choose(Map.of("__key", "alice"), 3)).isEqualTo(new Choice.Partition(2));
    }

    @Test
    void aPartitionThatIsNamedGoesBeforeTheKey() {
        assertThat(partitioner.choose(Map.of("partitionKey", "alice", "partitionNumber", "0"), 3))
                .isEqualTo(new Choice.Partition(0));
    }

    @Test
    void aPartitionThatIsNoneIsInvalid() {
        for (String number : new String[] {"3", "-1", "x", ""}) {
            assertThat(partitioner.choose(Map.of("partitionNumber", number), 3))
                    .as(number)
                    .isInstanceOf(Choice.Invalid.class);
        }
    }

    @Test
    void withoutAKeyEveryPartitionIsUsed() {
        assertThat(IntStream.range(0, 200).mapToObj(i -> partitioner.choose(Map.of(), 3)))
                .contains(new Choice.Partition(0), new Choice.Partition(1), new Choice.Partition(2));
    }
}
