package io.pakaura.publisher.outbox;

import java.util.concurrent.TimeUnit;

/** The relay's clock: it only goes forward, and says nothing about the time of day. */
final class RelayClock {
    private RelayClock() {}

    static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
