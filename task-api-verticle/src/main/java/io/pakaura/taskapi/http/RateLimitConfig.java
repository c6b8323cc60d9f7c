package io.pakaura.taskapi.http;

import io.pakaura.service.Settings;

/**
 * How many requests a user may make of one process.
 *
 * @param perSecond in the long run; 0 for as many as they like
 * @param burst at once, after a rest
 */
public record RateLimitConfig(int perSecond, int burst) {
    private static final int MAX = 1_000_000;

    /** {@code RATE_LIMIT_PER_SECOND}, {@code RATE_LIMIT_BURST}. */
    public static RateLimitConfig read(Settings settings) {
        return new RateLimitConfig(
                settings.number("RATE_LIMIT_PER_SECOND", 200, 0, MAX),
                settings.number("RATE_LIMIT_BURST", 1_000, 1, MAX));
    }

    boolean isOff() {
        return perSecond == 0;
    }
}
