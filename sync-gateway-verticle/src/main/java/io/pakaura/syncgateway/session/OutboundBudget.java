package io.pakaura.syncgateway.session;

import java.util.concurrent.atomic.AtomicLong;

/** What may wait to be written to all sockets of a gateway together. For any thread. */
public final class OutboundBudget {
    private final long limit;
    private final AtomicLong queued = new AtomicLong();

    /** @param limit in bytes */
    public OutboundBudget(long limit) {
        this.limit = limit;
    }

    /** Bytes that wait, as the event loops told last. */
    public long queued() {
        return queued.get();
    }

    /**
     * Takes an event loop's word.
     *
     * @param before what it told last
     * @param now what waits there now
     * @return how much of that it must free, as its share of what is too much
     */
    long tell(long before, long now) {
        long all = queued.addAndGet(now - before);
        return all > limit ? (long) ((double) (all - limit) * now / all) : 0;
    }
}
