package io.pakaura.syncgateway.session;

/**
 * How the feed is, as sessions are told of it. One snapshot is shared by all sessions, and so are its frames.
 *
 * @param resyncs how often all clients were told to fetch the delta; a session that was welcomed before the last one owes
 *     its client that
 * @param stale what a client hears that is to poll
 * @param resync what a client hears that is to fetch the delta, and need not poll any more
 */
record FeedNews(Status status, long resyncs, OutboundFrame stale, OutboundFrame resync) {
    enum Status {
        /** Not every partition has had a heartbeat yet: welcomes are held back for a while. */
        UNPROVED,

        /** What is published arrives. */
        FRESH,

        /** It may not arrive. */
        STALE
    }

    boolean isProved() {
        return status != Status.UNPROVED;
    }

    boolean isFresh() {
        return status == Status.FRESH;
    }
}
