package io.pakaura.publisher.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The outbox in PostgreSQL. Any number of processes may share it: rows are leased with {@code SKIP LOCKED}. */
public final class PostgresOutbox implements Outbox {
    private static final String LEASE =
            """
            UPDATE outbox SET leased_until = now() + interval '%d seconds'
            WHERE id IN (
                SELECT id FROM outbox WHERE leased_until <= now() ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
            )
            RETURNING id, seed, user_id, revision, before::text AS before, after::text AS after, changed_at,
                      correlation_id, traceparent, owed, attempts
            """
                    .formatted(OutboxSql.LEASE_SECONDS);

    private static final String DELETE = "DELETE FROM outbox WHERE id = ANY($1)";

    private static final String BACK_OFF =
            """
            UPDATE outbox
            SET owed = outbox.owed & failed.owed, attempts = failed.attempts,
                leased_until = now() + failed.delay_ms * interval '1 millisecond'
            FROM unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bigint[]) AS failed(id, owed, attempts, delay_ms)
            WHERE outbox.id = failed.id
            """;

    private static final String RELEASE = "UPDATE outbox SET leased_until = now() WHERE id = ANY($1)";

    /** Counted no further; the wait has long been at its most. */
    private static final int MAX_ATTEMPTS = 1_000;

    private final Pool pool;

    public PostgresOutbox(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Future<List<OutboxRow>> lease(int limit) {
        return pool.preparedQuery(LEASE).execute(Tuple.of(limit)).map(rows -> {
            List<OutboxRow> leased = new ArrayList<>(rows.size());
            rows.forEach(row -> leased.add(OutboxSql.read(row, "")));
            leased.sort(Comparator.comparingLong(OutboxRow::id));
            return leased;
        });
    }

    @Override
    public Future<Void> delete(Collection<Long> ids) {
        return pool.preparedQuery(DELETE).execute(Tuple.of(array(ids))).mapEmpty();
    }

    @Override
    public Future<Void> backOff(Collection<Failed> rows) {
        Tuple arrays = Tuple.of(
                rows.stream().map(Failed::id).toArray(Long[]::new),
                rows.stream().map(row -> (short) row.owed()).toArray(Short[]::new),
                rows.stream()
                        .map(row -> (short) Math.min(row.attempts(), MAX_ATTEMPTS))
                        .toArray(Short[]::new),
                rows.stream().map(row -> row.delay().toMillis()).toArray(Long[]::new));
        return pool.preparedQuery(BACK_OFF).execute(arrays).mapEmpty();
    }

    @Override
    public Future<Void> release(Collection<Long> ids) {
        return pool.preparedQuery(RELEASE).execute(Tuple.of(array(ids))).mapEmpty();
    }

    private static Long[] array(Collection<Long> ids) {
        return ids.toArray(Long[]::new);
    }
}
