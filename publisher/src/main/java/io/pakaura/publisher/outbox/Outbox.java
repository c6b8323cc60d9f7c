package io.pakaura.publisher.outbox;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The outbox as the relay sees it. */
public interface Outbox {

    /**
     * Takes rows whose lease ran out, those first that have waited longest, and leases them to the caller.
     *
     * @param topics only rows that owe one of these, as bits
     */
    Future<List<OutboxRow>> lease(int topics, int limit);

    /** Reads rows that are leased to the caller, by their id, and leases them for longer; those that are gone are left out. */
    Future<List<OutboxRow>> leaseAgain(Collection<Long> ids);

    /** Ends rows that every topic has. */
    Future<Void> delete(Collection<Long> ids);

    /** Keeps rows that failed, each until its own time. */
    Future<Void> backOff(Collection<Failed> rows);

    /** Gives rows back at once, for another process or the next start. */
    Future<Void> release(Collection<Long> ids);

    /** What waits in the table, of all processes. */
    Future<OutboxState> state();

    /**
     * A row that some topic did not get.
     *
     * @param owed topics that still need it, as bits
     * @param attempts failed ones so far
     * @param delay until the next try
     */
    record Failed(long id, int owed, int attempts, Duration delay) {}
}
