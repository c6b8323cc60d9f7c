package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.Topic;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outbox in PostgreSQL. Any number of processes may share it: rows are leased with {@code SKIP LOCKED}. */
public final class PostgresOutbox implements Outbox {
    private static final String COLUMNS =
            """
            id, seed, user_id, revision, before::text AS before, after::text AS after, changed_at, correlation_id, \
            traceparent, owed, attempts""";

    private static final String LEASE =
            """
            UPDATE outbox SET leased_until = now() + interval '%d seconds'
            WHERE id IN (
                SELECT id FROM outbox
                WHERE leased_until <= now() AND owed & $1::smallint <> 0
                ORDER BY leased_until, id LIMIT $2
                FOR UPDATE SKIP LOCKED
            )
            RETURNING %s
            """
                    .formatted(OutboxSql.LEASE_SECONDS, COLUMNS);

    /** Whoever else has a lock on such a row is about to take it or to end it. */
    private static final String LEASE_AGAIN =
            """
            UPDATE outbox SET leased_until = now() + interval '%d seconds'
            WHERE id IN (SELECT id FROM outbox WHERE id = ANY($1) FOR UPDATE SKIP LOCKED)
            RETURNING %s
            """
                    .formatted(OutboxSql.LEASE_SECONDS, COLUMNS);

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

    /** Rows whose attempts are over the number of {@link BackOff#MAX_OUTAGE_ATTEMPTS} back off alone. */
    private static final String STATE =
            """
            SELECT (SELECT count(*) FROM (SELECT FROM outbox LIMIT %1$d) AS counted) AS rows,
                   (SELECT %2$s FROM outbox ORDER BY id LIMIT 1) AS oldest_ms,
                   (SELECT %2$s FROM outbox WHERE owed & %3$d <> 0 AND attempts <= %4$d ORDER BY id LIMIT 1) AS lag_ms
            """
                    .formatted(
                            OutboxState.MAX_COUNTED,
                            "(extract(epoch FROM now() - changed_at) * 1000)::bigint",
                            Topic.TASK_UPDATES.bit(),
                            BackOff.MAX_OUTAGE_ATTEMPTS);

    /** Counted no further; the wait has long been at its most. */
    private static final int MAX_ATTEMPTS = 1_000;

    private final Pool pool;

    public PostgresOutbox(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Future<List<OutboxRow>> lease(int topics, int limit) {
        return pool.preparedQuery(LEASE)
                .execute(Tuple.of((short) topics, limit))
                .map(PostgresOutbox::leased);
    }

    @Override
    public Future<List<OutboxRow>> leaseAgain(Collection<Long> ids) {
        return pool.preparedQuery(LEASE_AGAIN).execute(Tuple.of(array(ids))).map(PostgresOutbox::leased);
    }

    private static List<OutboxRow> leased(RowSet<Row> rows) {
        List<OutboxRow> leased = new ArrayList<>(rows.size());
        rows.forEach(row -> leased.add(OutboxSql.read(row, "")));
        leased.sort(Comparator.comparingLong(OutboxRow::id));
        return leased;
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

    @Override
    public Future<OutboxState> state() {
        return pool.preparedQuery(STATE).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new OutboxState(row.getLong("rows"), age(row.getLong("oldest_ms")), age(row.getLong("lag_ms")));
        });
    }

    /** A clock that was set back makes nothing younger than new. */
    private static Duration age(@Nullable Long millis) {
        return Duration.ofMillis(millis == null ? 0 : Math.max(0, millis));
    }

    private static Long[] array(Collection<Long> ids) {
        return ids.toArray(Long[]::new);
    }
}
