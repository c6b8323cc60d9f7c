package io.pakaura.publisher.outbox;

import java.time.Duration;

/**
 * What waits in the outbox, of all processes that share it.
 *
 * @param rows how many, counted up to {@value #MAX_COUNTED}
 * @param oldest age of the oldest; zero if there is none
 * @param lag age of the oldest that owes {@code sync.task} and doesn't back off alone: how far behind gateways may be
 */
public record OutboxState(long rows, Duration oldest, Duration lag) {
    static final int MAX_COUNTED = 100_000;
}
