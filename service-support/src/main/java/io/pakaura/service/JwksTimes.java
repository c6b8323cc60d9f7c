package io.pakaura.service;

import java.time.Duration;

/**
 * When the keys of an issuer are fetched.
 *
 * @param refresh from one fetch that succeeded to the next: how long a key that the issuer removed may live on
 * @param coolDown after a fetch that an unknown key asked for, no other unknown key asks for so long
 * @param deadline the longest that a fetch may take, from the look-up of the name to the last byte
 * @param firstRetry after a fetch that failed; doubles with each
 * @param lastRetry the most that it grows to
 * @param keep how long keys stay in use while no fetch succeeds
 */
record JwksTimes(
        Duration refresh,
        Duration coolDown,
        Duration deadline,
        Duration firstRetry,
        Duration lastRetry,
        Duration keep) {
    private static final int MAX_DOUBLINGS = 20;

    static final JwksTimes DEFAULT = new JwksTimes(
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(24));

    /** @param failures fetches that failed before this one, in a row */
    Duration retryAfter(int failures) {
        Duration wait = firstRetry.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        return wait.compareTo(lastRetry) < 0 ? wait : lastRetry;
    }
}
