package io.pakaura.syncgateway.feed;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the processes that send heartbeats said last, by each partition: a partition may be later than others, and its old
 * word must not undo a newer one. A process that is silent is forgotten. For one thread.
 */
final class LiveSenders {
    /** As many as a hundred processes and a hundred partitions; what is beyond counts for its partition only. */
    private static final int MAX_SENDERS = 10_000;

    private final Map<Sender, Word> words = new HashMap<>();

    private record Sender(String instance, int partition) {}

    private record Word(long at, String epoch, int partitions, long lagMillis) {}

    void hear(Heartbeat beat, long now) {
        Sender sender = new Sender(beat.instance(), beat.partition());
        if (words.size() < MAX_SENDERS || words.containsKey(sender)) {
            words.put(sender, new Word(now, beat.epoch(), beat.partitions(), beat.lagMillis()));
        }
    }

    /** Forgets whoever has been silent for so long. */
    void forget(long silenceNanos, long now) {
        words.values().removeIf(word -> now - word.at >= silenceNanos);
    }

    boolean areNone() {
        return words.isEmpty();
    }

    /** While the number changes, the partitions of those who know of more are there, too. */
    int mostPartitions() {
        return words.values().stream().mapToInt(Word::partitions).max().orElse(0);
    }

    long worstLagMillis() {
        return words.values().stream().mapToLong(Word::lagMillis).max().orElse(0);
    }

    Set<String> epochs() {
        Set<String> epochs = new LinkedHashSet<>();
        words.values().forEach(word -> epochs.add(word.epoch));
        return epochs;
    }
}
