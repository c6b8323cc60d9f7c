package io.pakaura.syncgateway.feed;

import java.util.List;

/** Who is told what becomes of the feed. */
interface FeedListener {

    /** Why what is published may not arrive. */
    enum StaleCause {
        /** A partition brings no heartbeats: the broker, a sidecar or all task APIs are away. */
        SILENCE,

        /** Changes wait to be published. */
        LAG
    }

    /** Why clients should look for what they may have missed. */
    enum ResyncCause {
        /** The feed was stale, and is no more. */
        FRESH,

        /** Revisions count another history. */
        EPOCH
    }

    /** It takes its time until each partition has had a heartbeat. */
    void slowToBegin(List<Integer> missing);

    /** Each partition has had a heartbeat. Once, and before all that follows. */
    void proved(int partitions);

    /**
     * From here on clients may be behind.
     *
     * @param silent the partitions without heartbeats
     * @param lagMillis of the outbox
     */
    void stale(StaleCause cause, List<Integer> silent, long lagMillis);

    /** The feed is fresh, now or again. */
    void resync(ResyncCause cause);
}
