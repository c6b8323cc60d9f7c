package io.pakaura.syncgateway.feed;

import org.jspecify.annotations.Nullable;

/** An event of the feed, as far as it was understood. */
sealed interface FeedEvent {

    /** What a log line can say of it. */
    EventFields fields();

    /**
     * {@code sync.task}: a user's tasks changed.
     *
     * @param revision the user's revision after it
     * @param time as the event says it
     */
    record TaskChanged(
            EventFields fields,
            String user,
            long revision,
            @Nullable String time) implements FeedEvent {}

    /** {@code sync.heartbeat}: goes to nobody, and proves that the feed works. */
    record Beat(EventFields fields, Heartbeat heartbeat) implements FeedEvent {}

    /** An event of a type that this version doesn't know: another version, or another part, may. */
    record Other(EventFields fields) implements FeedEvent {}

    /**
     * Not an event that can be routed.
     *
     * @param reason what is wrong with it
     */
    record Broken(EventFields fields, String reason) implements FeedEvent {}
}
