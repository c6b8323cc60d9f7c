package io.pakaura.publisher.outbox;

import java.time.Duration;

/** How long a row waits after a failed attempt: from 0.5 s, doubling. */
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(500);

    /** Most that a row waits which is refused while others are not. */
    private static final Duration MAX_BLAMED = Duration.ofMinutes(10);

    /** With so many failed attempts the wait of an outage is at its most, 4 s: it is no row's fault, and ends all at once. */
    static final int MAX_OUTAGE_ATTEMPTS = 3;

    private BackOff() {}

    /** @param attempts failed ones before this one */
    static Duration after(int attempts, boolean blamed) {
        return blamed ? blamed(attempts) : duringOutage(attempts);
    }

    /** For a row that is to blame, or cannot be sent at all. */
    static Duration blamed(int attempts) {
        return min(doubled(attempts), MAX_BLAMED);
    }

    static Duration duringOutage(int attempts) {
        return doubled(Math.min(attempts, MAX_OUTAGE_ATTEMPTS));
    }

    /** Failed attempts after one more: an outage, however long, makes no row look bad. */
    static int attemptsAfter(int attempts, boolean blamed) {
        return blamed ? attempts + 1 : Math.max(attempts, Math.min(attempts + 1, MAX_OUTAGE_ATTEMPTS));
    }

    private static Duration doubled(int attempts) {
        return FIRST.multipliedBy(1L << Math.min(attempts, 20));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
