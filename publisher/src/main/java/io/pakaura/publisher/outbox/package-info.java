/**
 * The transactional outbox.
 *
 * <p>{@link io.pakaura.publisher.outbox.OutboxSql} writes a row inside the task's own statement; {@link
 * io.pakaura.publisher.outbox.OutboxRelay} gets it by the fast path (handed over in memory) or, if that did not work
 * out, from the {@code Sweeper}, which leases rows whose lease ran out. A row's events pass a {@code Lane} for each topic
 * (one publish in flight, so a user's events keep their order; what gathers goes as a bulk); an {@code Attempt} says what
 * follows from the sidecar's answer, and a {@code Circuit} for each topic keeps an outage from becoming a storm. A row ends
 * either deleted, or with a later lease: backed off. {@code Heartbeat} tells gateways and operators how far behind it is.
 */
@NullMarked
package io.pakaura.publisher.outbox;

import org.jspecify.annotations.NullMarked;
