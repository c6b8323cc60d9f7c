package io.pakaura.daprstandin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where an event goes, by its metadata: as Dapr's Kafka component decides, down to the hash of a key. */
final class Partitioner {

    private static final int FNV_OFFSET_BASIS = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

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
        Optional<String> invalid = whatIsNoNumber(metadata);
        if (invalid.isPresent()) {
            return new Choice.Invalid(invalid.get());
        }
        String number = metadata.get("partitionNumber");
        if (number != null) {
            return named(number, partitions);
        }
        String key = key(metadata);
        return new Choice.Partition(key == null ? random.nextInt(partitions) : ofKey(key, partitions));
    }

    /** Why a {@code partitionNumber} in it is none for any topic, or nothing. */
    static Optional<String> whatIsNoNumber(Map<String, String> metadata) {
        String number = metadata.get("partitionNumber");
        if (number == null) {
            return Optional.empty();
        }
        try {
            int partition = Integer.parseInt(number);
            return partition < 0
                    ? Optional.of("partitionNumber must be non-negative, got " + partition)
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of(
                    "invalid partitionNumber metadata value \"%1$s\": strconv.ParseInt: parsing \"%1$s\": %2$s"
                            .formatted(
                                    number,
                                    INTEGER.matcher(number).matches() ? "value out of range" : "invalid syntax"));
        }
    }

    private static Choice named(String number, int partitions) {
        int partition = Integer.parseInt(number);
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
