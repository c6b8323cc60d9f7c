package io.pakaura.syncgateway.feed;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that heartbeats don't go where they should: then some partition is not watched, or watched for nothing. Says so
 * once a minute at most. Any thread.
 */
final class PartitionCheck {
    private static final Logger log = LoggerFactory.getLogger(PartitionCheck.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final String ADVICE =
            "TASK_UPDATES_PARTITIONS of the task API must be the number of partitions of " + DaprRoutes.TOPIC;

    private final LongSupplier clock;
    private final AtomicLong silentUntil;
    private volatile int watched = Integer.MAX_VALUE;

    /** @param clock monotonic, in nanoseconds */
    PartitionCheck(LongSupplier clock) {
        this.clock = clock;
        this.silentUntil = new AtomicLong(clock.getAsLong());
    }

    /** How many partitions get heartbeats, from now on. */
    void watched(int partitions) {
        watched = partitions;
    }

    /** Of any event. */
    void cameBy(int partition) {
        if (partition >= watched && maySpeak()) {
            log.error("an event came by partition {}, and heartbeats for {}: {}", partition, watched, ADVICE);
        }
    }

    /** Of a heartbeat. */
    void cameBy(int partition, Heartbeat beat) {
        if ((partition != beat.partition() || partition >= beat.partitions()) && maySpeak()) {
            log.error(
                    "the heartbeat for partition {} of {} came by partition {}: {}, and Dapr 1.18 or newer",
                    beat.partition(),
                    beat.partitions(),
                    partition,
                    ADVICE);
        }
    }

    private boolean maySpeak() {
        long now = clock.getAsLong();
        long until = silentUntil.get();
        return now - until >= 0 && silentUntil.compareAndSet(until, now + QUIET_NANOS);
    }
}
