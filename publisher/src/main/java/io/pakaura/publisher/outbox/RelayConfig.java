package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.Topic;
import java.time.Duration;

/**
 * The relay's bounds.
 *
 * @param lanes how many publishes to {@code task-updates} may be in flight; a user belongs to one lane
 * @param memoryBytes about how much may wait in memory; of rows beyond it only the ids, see {@link Overflow}
 * @param sweepInterval how often rows with an ended lease are looked for
 * @param sweepLimit how many of them are taken at once, and no more while so many events wait
 * @param leaseMargin no publish is begun so close to the end of its row's lease, so that no other process begins it too:
 *     longer than a publish may take
 * @param drain how long {@code close} waits for what is in flight
 */
public record RelayConfig(
        int lanes, int memoryBytes, Duration sweepInterval, int sweepLimit, Duration leaseMargin, Duration drain) {

    /** What a service uses. */
    public static RelayConfig of(Duration publishTimeout) {
        return new RelayConfig(
                2, 16 * 1024 * 1024, Duration.ofMillis(500), 200, publishTimeout.plusSeconds(1), Duration.ofSeconds(2));
    }

    /** How long a row is this process's to publish. */
    long leaseMillis() {
        return OutboxSql.LEASE_SECONDS * 1_000L - leaseMargin.toMillis();
    }

    /** People wait for {@code task-updates}; for the others one lane is enough. */
    int lanesOf(Topic topic) {
        return topic == Topic.TASK_UPDATES ? lanes : 1;
    }

    /** Least time after a publish of one event until the next of its lane, in milliseconds. */
    static long paceOf(Topic topic) {
        return topic == Topic.TASK_UPDATES ? 2 : 20;
    }
}
