package io.pakaura.syncgateway.feed;

import io.pakaura.syncgateway.feed.FeedListener.ResyncCause;
import io.pakaura.syncgateway.feed.FeedListener.StaleCause;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Judges by the heartbeats whether what is published arrives here. The feed begins when each partition has had a heartbeat;
 * it is stale while a partition is silent or changes wait in the outbox. For one thread.
 */
final class FeedWatch {
    /** Heartbeats come every 5 s from each task API, so two were missed. */
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(12);

    /** A change that is told so late, in a heartbeat that is 5 s old, is told within 15 s. */
    static final long MAX_LAG_MILLIS = 8_000;

    /** A lag that hovers about the bound must not make everybody come and go. */
    static final long SMALL_LAG_MILLIS = 4_000;

    private enum Phase {
        UNPROVED,
        FRESH,
        STALE
    }

    private final LongSupplier clock;
    private final FeedListener listener;
    private final long begun;
    private final PartitionTimes partitions = new PartitionTimes();
    private final LiveSenders senders = new LiveSenders();
    private final Epochs epochs = new Epochs();
    private Phase phase = Phase.UNPROVED;
    private boolean epochChanged;
    private boolean slowStartWasTold;

    /** @param clock monotonic, in nanoseconds */
    FeedWatch(LongSupplier clock, FeedListener listener) {
        this.clock = clock;
        this.listener = listener;
        this.begun = clock.getAsLong();
    }

    /** @param beat with the partition that it came by */
    void hear(Heartbeat beat) {
        long now = clock.getAsLong();
        // Before it is heard: a process that was frozen finds the end of a silence before it finds the silence.
        if (phase == Phase.FRESH && partitions.silence(beat.partition(), now) >= SILENCE_NANOS) {
            judge(now);
        }
        senders.hear(beat, now);
        partitions.resize(Math.max(partitions.count(), beat.partitions()), now);
        partitions.hear(beat.partition(), now);
        if (epochs.hear(beat.epoch())) {
            turnEpoch();
        }
        if (phase != Phase.FRESH || beat.lagMillis() > MAX_LAG_MILLIS) {
            judge(now);
        }
    }

    /** To be called a few times a second: silence makes no noise. */
    void check() {
        long now = clock.getAsLong();
        senders.forget(SILENCE_NANOS, now);
        if (!senders.areNone()) {
            partitions.resize(senders.mostPartitions(), now);
        }
        if (epochs.compareWith(senders.epochs())) {
            turnEpoch();
        }
        judge(now);
    }

    private void judge(long now) {
        switch (phase) {
            case UNPROVED -> judgeBeginning(now);
            case FRESH -> judgeFresh(now);
            case STALE -> judgeStale(now);
        }
    }

    private void judgeBeginning(long now) {
        if (partitions.areProved()) {
            phase = Phase.FRESH;
            epochChanged = false;
            listener.proved(partitions.count());
            judgeFresh(now);
        } else if (!slowStartWasTold && now - begun >= SILENCE_NANOS) {
            slowStartWasTold = true;
            listener.slowToBegin(partitions.unproved());
        }
    }

    private void judgeFresh(long now) {
        if (isSilent(now)) {
            turnStale(StaleCause.SILENCE, now);
        } else if (senders.worstLagMillis() > MAX_LAG_MILLIS) {
            turnStale(StaleCause.LAG, now);
        }
    }

    private void turnStale(StaleCause cause, long now) {
        phase = Phase.STALE;
        listener.stale(cause, partitions.silentFor(SILENCE_NANOS, now), senders.worstLagMillis());
    }

    private void judgeStale(long now) {
        if (!isSilent(now) && senders.worstLagMillis() <= SMALL_LAG_MILLIS) {
            phase = Phase.FRESH;
            listener.resync(epochChanged ? ResyncCause.EPOCH : ResyncCause.FRESH);
            epochChanged = false;
        }
    }

    private boolean isSilent(long now) {
        return partitions.longestSilence(now) >= SILENCE_NANOS;
    }

    /** While the feed is stale, clients poll, and learn of the epoch by that. */
    private void turnEpoch() {
        if (phase == Phase.FRESH) {
            listener.resync(ResyncCause.EPOCH);
        } else {
            epochChanged = true;
        }
    }

    boolean isFresh() {
        return phase == Phase.FRESH;
    }

    /** How many there are, as far as is known; 0 before the first heartbeat. */
    int partitions() {
        return partitions.count();
    }

    /** When the partition that has been silent for longest was heard; the beginning if none was. */
    long oldestHeartbeat() {
        long now = clock.getAsLong();
        return partitions.count() == 0 ? begun : now - partitions.longestSilence(now);
    }

    long lagMillis() {
        return senders.worstLagMillis();
    }
}
