package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.PublishResult;
import java.time.Duration;

/** How long a row waits after a failed attempt: from 0.5 s, doubling. */
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(500);

    /** Most that a row waits which the sidecar did not take: a wrong component name looks like a bad event. */
    private static final Duration MAX_REJECTED = Duration.ofMinutes(10);

    /** Most that a row waits for a sidecar that is not there: that is no fault of the row's, and ends all at once. */
    private static final Duration MAX_UNREACHABLE = Duration.ofSeconds(5);

    /** With so many the wait of an outage is at its most. */
    private static final int MAX_OUTAGE_ATTEMPTS = 4;

    private BackOff() {}

    /** @param attempts failed ones before this one */
    static Duration after(int attempts, PublishResult failure) {
        return isRowsFault(failure) ? rejected(attempts) : min(doubled(attempts), MAX_UNREACHABLE);
    }

    /** For a row that cannot be sent at all. */
    static Duration rejected(int attempts) {
        return min(doubled(attempts), MAX_REJECTED);
    }

    /** Failed attempts after one more: an outage, however long, makes no row look bad. */
    static int attemptsAfter(int attempts, PublishResult failure) {
        return isRowsFault(failure) ? attempts + 1 : Math.max(attempts, Math.min(attempts + 1, MAX_OUTAGE_ATTEMPTS));
    }

    private static boolean isRowsFault(PublishResult failure) {
        return failure instanceof PublishResult.Rejected;
    }

    private static Duration doubled(int attempts) {
        return FIRST.multipliedBy(1L << Math.min(attempts, 20));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
