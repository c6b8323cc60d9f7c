package io.pakaura.daprstandin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How much a {@link Broker} keeps, and where.
 *
 * @param directory where topics and the positions of consumer groups survive the process; null keeps them in memory
 * @param partitions of each topic; events of one key share a partition, and a failing delivery holds up its partition
 * @param maxBacklogEvents of a topic that wait for a consumer group. At the bound, groups that nobody is a member of lose
 *     what they missed, as by the retention of a real broker; if that doesn't help, publishing to the topic is refused
 * @param maxBacklogBytes the same in bytes of events
 * @param maxFileBytes of a topic's file; above it, what all groups have consumed is dropped from the file
 */
public record BrokerConfig(
        @Nullable Path directory, int partitions, int maxBacklogEvents, long maxBacklogBytes, long maxFileBytes) {

    private static final int DEFAULT_BACKLOG_EVENTS = 10_000;
    private static final long DEFAULT_BACKLOG_BYTES = 16L << 20;
    private static final long DEFAULT_FILE_BYTES = 64L << 20;

    public BrokerConfig {
        if (partitions < 1 || maxBacklogEvents < 1 || maxBacklogBytes < 1) {
            throw new IllegalArgumentException("partitions and bounds must be positive");
        }
        if (maxFileBytes < 2 * maxBacklogBytes) {
            throw new IllegalArgumentException("maxFileBytes must be at least twice maxBacklogBytes");
        }
    }

    /** One partition for each topic, as a topic of Kafka has by default; nothing survives the process. */
    public static BrokerConfig inMemory() {
        return new BrokerConfig(null, 1, DEFAULT_BACKLOG_EVENTS, DEFAULT_BACKLOG_BYTES, DEFAULT_FILE_BYTES);
    }

    /** One partition for each topic; topics and positions are in the directory, which is created if need be. */
    public static BrokerConfig durable(Path directory) {
        return new BrokerConfig(directory, 1, DEFAULT_BACKLOG_EVENTS, DEFAULT_BACKLOG_BYTES, DEFAULT_FILE_BYTES);
    }

    public BrokerConfig withPartitions(int count) {
        return new BrokerConfig(directory, count, maxBacklogEvents, maxBacklogBytes, maxFileBytes);
    }

    public BrokerConfig withMaxBacklog(int events, long bytes) {
        return new BrokerConfig(directory, partitions, events, bytes, maxFileBytes);
    }

    public BrokerConfig withMaxFileBytes(long bytes) {
        return new BrokerConfig(directory, partitions, maxBacklogEvents, maxBacklogBytes, bytes);
    }
}
