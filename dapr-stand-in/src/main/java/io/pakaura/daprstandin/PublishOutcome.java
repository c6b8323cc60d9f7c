package io.pakaura.daprstandin;

/** What the broker says to an event. */
sealed interface PublishOutcome {

    /** It is in the log, and will be delivered to every group. */
    record Accepted() implements PublishOutcome {}

    /** It is not, for a reason in the words of Kafka or of daprd's client, where they have any. */
    record Refused(String reason) implements PublishOutcome {}
}
