/**
 * The transactional outbox.
 *
 * <p>{@link io.pakaura.publisher.outbox.OutboxSql} writes a row inside the task's own statement; {@link
 * io.pakaura.publisher.outbox.OutboxRelay} gets it by the fast path (handed over in memory) or, if that did not work
 * out, from the sweeper, which leases rows whose lease ran out. A row passes a {@code Lane} (one publish in flight a lane and
 * topic, so a user's events keep their order) and ends either deleted, or with a later lease: backed off.
 */
@NullMarked
package io.pakaura.publisher.outbox;

import org.jspecify.annotations.NullMarked;
