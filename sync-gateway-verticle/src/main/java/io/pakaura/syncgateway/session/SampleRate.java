package io.pakaura.syncgateway.session;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Picks what is measured: all of it while that is little, else every n-th, so that it comes to about so much a second. What is
 * picked is spread over the second: of a burst its end is waited for longest. For one event loop.
 */
final class SampleRate {
    private final int perSecond;
    private final LongSupplier nanoTime;
    private long second;
    private int seen;
    private int picked;
    private int everySo = 1;

    /** @param nanoTime as {@link System#nanoTime} */
    SampleRate(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.second = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
    }

    /** Whether the next is picked. */
    boolean next() {
        long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
        if (now != second) {
            second = now;
            everySo = Math.max(1, seen / perSecond);
            seen = 0;
            picked = 0;
        }
        if (seen++ % everySo != 0) {
            return false;
        }
        picked++;
        if (picked == perSecond) { // There are more than in the second before: fewer and fewer of those.
            everySo *= 2;
            picked = 0;
        }
        return true;
    }
}
