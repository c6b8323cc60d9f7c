package io.pakaura.publisher.dapr;

import java.time.Duration;

/**
 * How often something is tried, and how far apart.
 *
 * @param firstDelay between the first try and the second, at least; it doubles from try to try
 * @param tryTimeout how long one try may take
 */
record RetryPolicy(int tries, Duration firstDelay, Duration tryTimeout) {

    /** 10 s in all, whatever happens: 3 · 2.5 s, and 0.75 s and 1.5 s between them at most. */
    static final RetryPolicy STATE_AND_SECRETS = new RetryPolicy(3, Duration.ofMillis(500), Duration.ofMillis(2_500));

    /**
     * How long to wait after a try that failed.
     *
     * @param triesMade 1 after the first
     * @param random from 0 to 1; up to half as much again, so that many who failed together do not come back together
     */
    Duration delay(int triesMade, double random) {
        long millis = firstDelay.toMillis() << (triesMade - 1);
        return Duration.ofMillis(millis + (long) (millis / 2.0 * random));
    }
}
