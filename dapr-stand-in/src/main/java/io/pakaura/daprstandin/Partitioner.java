package io.pakaura.daprstandin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Where an event goes, by its metadata: as Dapr's Kafka component decides, down to the hash of a key. */
final class Partitioner {

    private static final int FNV_OFFSET_BASIS = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private final RandomGenerator random;

    Partitioner(RandomGenerator random) {
        this.random = random;
    }

    /** What came out. */
    sealed interface Choice {

        record Partition(int number) implements Choice {}

        record Invalid(String reason) implements Choice {}
    }

    static @Nullable String key(Map<String, String> metadata) {
        String key = metadata.get("partitionKey");
        return key == null ? metadata.get("__key") : key;
    }

    Choice choose(Map<String, String> metadata, int partitions) {
        String number = metadata.get("partitionNumber");
        if (number != null) {
            return named(number, partitions);
        }
        String key = key(metadata);
        return new Choice.Partition(key == null ? random.nextInt(partitions) : ofKey(key, partitions));
    }

    private static Choice named(String number, int partitions) {
        int partition;
        try {
            partition = Integer.parseInt(number);
        } catch (NumberFormatException e) {
            return new Choice.Invalid("invalid partitionNumber metadata value \"" + number + "\"");
        }
        if (partition < 0) {
            return new Choice.Invalid("partitionNumber must be non-negative, got " + partition);
        }
        if (partition >= partitions) {
            return new Choice.Invalid(
                    "partition number %d is out of range, topic has %d partitions".formatted(partition, partitions));
        }
        return new Choice.Partition(partition);
    }

    private static int ofKey(String key, int partitions) {
        int hash = FNV_OFFSET_BASIS;
        for (byte next : key.getBytes(UTF_8)) {
            hash = (hash ^ (next & 0xff)) * FNV_PRIME;
        }
        return Math.abs(hash % partitions);
    }
}
