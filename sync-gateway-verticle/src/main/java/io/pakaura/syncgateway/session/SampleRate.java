package io.pakaura.syncgateway.session;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Picks what is measured: all of it while that is little, and of each second no more than so much. For one event loop. */
final class SampleRate {
    private final int perSecond;
    private final LongSupplier nanoTime;
    private long second;
    private int picked;

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
            picked = 0;
        }
        return picked++ < perSecond;
    }
}
