package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.Topic;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * A circuit breaker for one topic: while it is open nothing is sent but, after a wait, one event as a probe.
 *
 * <p>It opens when the way to the topic is broken, and not for what may be the fault of one event: see {@link
 * #isRowsFault}. Relay's context only; times are in milliseconds by the relay's clock.
 */
final class Circuit {
    /** What {@link #waitAt} answers while a probe is under way; whoever asks is told when that is over. */
    static final long UNTIL_TOLD = Long.MAX_VALUE;

    /** So many rows that are refused, and none accepted in between, are not to blame for it. */
    private static final int SUSPICIOUS = 3;

    private final Topic topic;
    private final Set<Long> refused = new HashSet<>();
    private int outages;
    private long retryAt;
    private boolean probing;

    Circuit(Topic topic) {
        this.topic = topic;
    }

    boolean isClosed() {
        return outages == 0;
    }

    /** How long the next event has to wait; 0 if it may go at once. */
    long waitAt(long now) {
        if (isClosed()) {
            return 0;
        }
        return probing ? UNTIL_TOLD : Math.max(0, retryAt - now);
    }

    /** Something is sent now. With an open circuit it is the probe, and {@link #probed} follows. */
    boolean begin() {
        probing = !isClosed();
        return probing;
    }

    /** The probe is over, whatever came of it. */
    void probed() {
        probing = false;
    }

    /** An event was accepted: the way is free. */
    void succeeded() {
        if (!isClosed()) {
            PublishLog.takesEventsAgain(topic);
        }
        outages = 0;
        refused.clear();
    }

    /** An event that was sent alone is refused, and may be to blame for it. */
    void refused(long row, long now) {
        refused.add(row);
        if (refused.size() >= SUSPICIOUS) {
            open(false, now);
        }
    }

    /** The way is broken. What was sent before that was known has no say in how long the wait is. */
    void open(boolean isProbe, long now) {
        if (isClosed() || isProbe) {
            Duration wait = BackOff.duringOutage(outages++);
            retryAt = now + wait.toMillis();
        }
    }

    /**
     * A refusal may be for the event's sake, or for the broker's. One for want of a token, a component or a permission (401,
     * 403, 404) is neither: a configuration is wrong, and an operator mends it.
     */
    static boolean isRowsFault(PublishResult failure) {
        return failure instanceof PublishResult.Rejected rejected
                && rejected.httpStatus() != 401
                && rejected.httpStatus() != 403
                && rejected.httpStatus() != 404;
    }
}
