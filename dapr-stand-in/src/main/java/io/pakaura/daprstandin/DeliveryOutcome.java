package io.pakaura.daprstandin;

/** What an app makes of an event. */
sealed interface DeliveryOutcome {

    /** The app has it. */
    record Done() implements DeliveryOutcome {}

    /** The app doesn't want it, now or later. */
    record Dropped(String reason) implements DeliveryOutcome {}

    /** The app, or the way to it, failed: again after a while, and nothing else of the partition until then. */
    record Retry(String reason) implements DeliveryOutcome {}
}
