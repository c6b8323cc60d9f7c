package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.TaskState;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * The outbox's part of the statement that changes a task, so that both commit together.
 *
 * <p>The statement defines a common table expression {@code change} with the columns {@code user_id text, revision
 * bigint, before json, after json, reminds boolean, changed_at timestamptz, correlation_id text, traceparent text}, one
 * row a changed task; {@code reminds} says whether it has or had a reminder. To its common table expressions it appends {@link #insert()}, to its final SELECT {@link #columns()}, to that
 * one's FROM {@link #join()}, and it reads the result with {@link #read}. It never names a column of the table itself.
 */
public final class OutboxSql {
    /** How long a new row is its writer's to publish, and a swept row its sweeper's. */
    static final int LEASE_SECONDS = 15;

    private static final String COLUMNS =
            """
            outbox_row.id AS outbox_id, outbox_row.seed AS outbox_seed, outbox_row.user_id AS outbox_user_id, \
            outbox_row.revision AS outbox_revision, outbox_row.before::text AS outbox_before, \
            outbox_row.after::text AS outbox_after, outbox_row.changed_at AS outbox_changed_at, \
            outbox_row.correlation_id AS outbox_correlation_id, outbox_row.traceparent AS outbox_traceparent, \
            outbox_row.owed AS outbox_owed, outbox_row.attempts AS outbox_attempts""";

    private static final String INSERT =
            """
            , outbox_row AS (
                INSERT INTO outbox (user_id, revision, before, after, changed_at, correlation_id, traceparent, owed, leased_until)
                SELECT user_id, revision, before, after, changed_at, correlation_id, traceparent,
                       CASE WHEN reminds THEN 7 ELSE 3 END,
                       now() + interval '%d seconds'
                FROM change
                RETURNING id, seed, user_id, revision, before, after, changed_at, correlation_id, traceparent, owed, attempts
            )
            """
                    .formatted(LEASE_SECONDS);

    /** The same columns without a row in the table: events are off, and only logged. */
    private static final String LOG_ONLY =
            """
            , outbox_row AS (
                SELECT 0::bigint AS id, gen_random_uuid() AS seed, user_id, revision, before, after, changed_at,
                       correlation_id, traceparent, 7::smallint AS owed, 0::smallint AS attempts
                FROM change
            )
            """;

    private final boolean enabled;
    private final boolean seen;

    /** With {@code enabled} false the statement writes no outbox row. */
    public OutboxSql(boolean enabled) {
        this.enabled = enabled;
        this.seen = enabled || PublishLog.isDebug();
    }

    /** The common table expression {@code outbox_row}, comma included; nothing if nobody would see what is in it. */
    public String insert() {
        return enabled ? INSERT : seen ? LOG_ONLY : "";
    }

    /** What {@link #read} reads. One of the columns is {@code outbox_revision}, to order by. */
    public String columns() {
        return seen ? COLUMNS : "NULL::bigint AS outbox_id, NULL::bigint AS outbox_revision";
    }

    /** Joins {@code outbox_row} to the statement's result. */
    public String join() {
        return seen ? "LEFT JOIN outbox_row ON true" : "";
    }

    /** Reads {@link #columns()}; {@code null} if the statement changed nothing, or nobody would see it. */
    public static @Nullable OutboxRow read(Row row) {
        return row.getLong("outbox_id") == null ? null : read(row, "outbox_");
    }

    /** As {@link #columns()}, of a statement that only adds tasks and knows them: for {@link #readAdded}. */
    public String columnsOfAdded() {
        return seen
                ? "outbox_row.id AS outbox_id, outbox_row.seed AS outbox_seed, outbox_row.owed AS outbox_owed"
                : "NULL::bigint AS outbox_id";
    }

    /** Joins {@code outbox_row} to {@code done}, the tasks that were added. */
    public String joinOfAdded() {
        return seen
                ? "JOIN outbox_row ON outbox_row.user_id = done.user_id AND outbox_row.revision = done.revision"
                : "";
    }

    /**
     * Reads {@link #columnsOfAdded()}; {@code null} if nobody would see it.
     *
     * @param task as it was added
     */
    public static @Nullable OutboxRow readAdded(
            Row row, String userId, TaskState task, String correlationId, String traceparent) {
        Long id = row.getLong("outbox_id");
        return id == null
                ? null
                : new OutboxRow(
                        id,
                        row.getUUID("outbox_seed"),
                        userId,
                        task.revision(),
                        null,
                        new StoredTask.Known(task),
                        task.createdAt(),
                        correlationId,
                        traceparent,
                        row.getShort("outbox_owed"),
                        0);
    }

    static OutboxRow read(Row row, String prefix) {
        return new OutboxRow(
                row.getLong(prefix + "id"),
                row.getUUID(prefix + "seed"),
                row.getString(prefix + "user_id"),
                row.getLong(prefix + "revision"),
                stored(row.getString(prefix + "before")),
                stored(row.getString(prefix + "after")),
                row.getOffsetDateTime(prefix + "changed_at").toInstant(),
                row.getString(prefix + "correlation_id"),
                row.getString(prefix + "traceparent"),
                row.getShort(prefix + "owed"),
                row.getShort(prefix + "attempts"));
    }

    private static @Nullable StoredTask stored(@Nullable String json) {
        return json == null ? null : new StoredTask.Json(json);
    }
}
