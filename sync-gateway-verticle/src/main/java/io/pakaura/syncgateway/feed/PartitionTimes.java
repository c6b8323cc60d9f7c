package io.pakaura.syncgateway.feed;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When each partition was last heard. One that is new counts as heard when it became known: its first heartbeat is on its
 * way. For one thread; times are of one monotonic clock, in nanoseconds.
 */
final class PartitionTimes {
    private long[] last = {};
    private boolean[] proved = {};

    int count() {
        return last.length;
    }

    void resize(int partitions, long now) {
        int before = last.length;
        if (partitions != before) {
            last = Arrays.copyOf(last, partitions);
            proved = Arrays.copyOf(proved, partitions);
            Arrays.fill(last, Math.min(before, partitions), partitions, now);
        }
    }

    /** Forgotten for a partition that is none, as of a topic with more partitions than heartbeats. */
    void hear(int partition, long now) {
        if (partition < last.length) {
            last[partition] = now;
            proved[partition] = true;
        }
    }

    /** Whether each partition has been heard, however long ago. */
    boolean areProved() {
        return last.length > 0 && unproved().isEmpty();
    }

    List<Integer> unproved() {
        return IntStream.range(0, proved.length)
                .filter(partition -> !proved[partition])
                .boxed()
                .toList();
    }

    /** How long the partition has been silent; 0 for one that is none. */
    long silence(int partition, long now) {
        return partition < last.length ? now - last[partition] : 0;
    }

    /** The longest silence of any partition. */
    long longestSilence(long now) {
        return IntStream.range(0, last.length)
                .mapToLong(partition -> silence(partition, now))
                .max()
                .orElse(0);
    }

    List<Integer> silentFor(long nanos, long now) {
        return IntStream.range(0, last.length)
                .filter(partition -> silence(partition, now) >= nanos)
                .boxed()
                .toList();
    }
}
