package io.pakaura.taskapi.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets deletions that are older than the delta has to remember. A delta that would have to tell of one is refused from
 * then on: the statement that deletes a tombstone raises its user's {@code min_revision}. Any number of processes may run
 * one; an advisory lock lets one at a time do something.
 */
public final class TombstonePruner {
    private static final Logger log = LoggerFactory.getLogger(TombstonePruner.class);
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int BATCH = 500;

    /** Of the advisory lock; no other meaning. */
    private static final long LOCK = 0x70616b61757261L;

    /** $1 seconds, $2 limit. */
    private static final String PRUNE =
            """
            WITH turn AS MATERIALIZED (
                SELECT pg_try_advisory_xact_lock(%d) AS ours
            ), old AS (
                SELECT user_id, id FROM task_tombstones
                WHERE deleted_at < now() - $1 * interval '1 second' AND (SELECT ours FROM turn)
                ORDER BY deleted_at LIMIT $2
            ), gone AS (
                DELETE FROM task_tombstones AS tombstone USING old
                WHERE tombstone.user_id = old.user_id AND tombstone.id = old.id
                RETURNING tombstone.user_id, tombstone.revision
            ), raised AS (
                UPDATE user_revisions SET min_revision = greatest(min_revision, newest.revision)
                FROM (SELECT user_id, max(revision) AS revision FROM gone GROUP BY user_id) AS newest
                WHERE user_revisions.user_id = newest.user_id
            )
            SELECT count(*) FROM gone
            """
                    .formatted(LOCK);

    private final Vertx vertx;
    private final Pool pool;
    private final Duration retention;

    /** @param retention how old a deletion must be to be forgotten */
    public TombstonePruner(Vertx vertx, Pool pool, Duration retention) {
        this.vertx = vertx;
        this.pool = pool;
        this.retention = retention;
    }

    /** Prunes once an hour until Vert.x is closed; processes that start together don't prune together. */
    public void start() {
        long first = ThreadLocalRandom.current().nextLong(INTERVAL.toMillis());
        vertx.setTimer(Math.max(1, first), begun -> {
            pruneAndLog();
            vertx.setPeriodic(INTERVAL.toMillis(), again -> pruneAndLog());
        });
    }

    /** Forgets all that are old enough, some hundred at a time. The number of them. */
    public Future<Long> prune() {
        return prune(0);
    }

    private Future<Long> prune(long before) {
        return pool.preparedQuery(PRUNE)
                .execute(Tuple.of(retention.toSeconds(), BATCH))
                .map(rows -> rows.iterator().next().getLong(0))
                .compose(pruned -> pruned < BATCH ? Future.succeededFuture(before + pruned) : prune(before + pruned));
    }

    private void pruneAndLog() {
        prune().onSuccess(pruned -> log.debug("forgot {} deletions", pruned))
                .onFailure(
                        failure -> log.warn("deletions could not be forgotten, the next try is in an hour", failure));
    }
}
