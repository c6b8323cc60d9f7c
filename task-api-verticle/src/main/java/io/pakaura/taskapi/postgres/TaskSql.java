package io.pakaura.taskapi.postgres;

import io.pakaura.publisher.outbox.OutboxSql;

/**
 * The statements that change tasks.
 *
 * <p>They share a form: {@code target} locks the newest version of what is to be changed; {@code rev} counts the user's
 * revision up, only if something differs; {@code done} makes the change and stamps the revision; {@code change} is what
 * the outbox's fragment reads. A row that is there is always locked before the counter, so writers of one user queue up
 * at the counter and cannot deadlock; a new one comes after it. A row can be updated once in a statement, so the revision
 * comes before the update and not after it.
 */
final class TaskSql {
    private static final String COUNT_UP = "ON CONFLICT (user_id) DO UPDATE SET revision = counter.revision + ";

    private static final String EPOCH = "(SELECT epoch FROM sync_epoch WHERE singleton) AS epoch";

    /** What is not known of a task before it was added: {@link Rows#added}. */
    private static final String ADDED = "done.id, done.remind_at, done.created_at, done.revision, " + EPOCH;

    /** Of a user whose row the statement did not count up. */
    private static final String REVISION =
            "coalesce((SELECT revision FROM user_revisions WHERE user_id = $1), 0) AS user_revision";

    private final String add;
    private final String addWithOwnId;
    private final String addAll;
    private final String update;
    private final String delete;
    private final String clearCompleted;

    TaskSql(OutboxSql outbox) {
        add = statement(add("", "", ""), outbox);
        addWithOwnId =
                statement(add(GUARD, "FROM guard WHERE NOT known", "WHERE require_id_not_deleted($1, $2)"), outbox);
        addAll = statement(ADD_ALL, outbox);
        update = statement(UPDATE, outbox);
        delete = statement(DELETE, outbox);
        clearCompleted = statement(CLEAR_COMPLETED, outbox);
    }

    private static String add(String guard, String ifFree, String ifNeverDeleted) {
        return ADD.replace("{guard}", guard).replace("{if free}", ifFree).replace("{if never deleted}", ifNeverDeleted);
    }

    private static String statement(String text, OutboxSql outbox) {
        return TaskColumns.in(text)
                .replace("{outbox insert}", outbox.insert())
                .replace("{outbox columns}", outbox.columns())
                .replace("{outbox join}", outbox.join())
                .replace("{added}", ADDED)
                .replace("{outbox columns of added}", outbox.columnsOfAdded())
                .replace("{outbox join of added}", outbox.joinOfAdded());
    }

    /**
     * $1 user, $2 an id that was never used, $3 title, $4 description, $5 priority, $6 due date, $7 remind at, $8
     * correlation id, $9 traceparent.
     */
    String add() {
        return add;
    }

    /**
     * The same for an id that the client brought.
     *
     * <p>The guard keeps a known id from counting up. Two that add one id at the same time both pass it: then the second
     * fails with a unique violation, which takes its count back. So does one that waited for the counter while its id was
     * used and deleted.
     */
    String addWithOwnId() {
        return addWithOwnId;
    }

    /**
     * Several at once, of several users: $1 users, each once, in the order of their names, $2 how many tasks each of them
     * adds; then by task $3 user, $4 how many later ones in the statement are the same user's, $5 id, $6 to $10 what $3 to
     * $7 of {@link #add} are, $11 correlation id, $12 traceparent.
     *
     * <p>The counters are locked in that order, so that two such statements cannot deadlock.
     */
    String addAll() {
        return addAll;
    }

    /**
     * $1 user, $2 id, $3 revisions that it may have or null, then for title, description, completed, priority, due date
     * and remind at whether it is set and to what ($4 to $15), $16 correlation id, $17 traceparent.
     */
    String update() {
        return update;
    }

    /** $1 user, $2 id, $3 revisions that it may have or null, $4 correlation id, $5 traceparent. */
    String delete() {
        return delete;
    }

    /**
     * $1 user, $2 limit, $3 correlation id, $4 traceparent. All targets are locked, in the order of their ids, before
     * the counter goes up by their number; task i of n gets revision − n + i.
     */
    String clearCompleted() {
        return clearCompleted;
    }

    private static final String ADD =
            """
            WITH {guard} rev AS (
                INSERT INTO user_revisions AS counter (user_id, revision)
                SELECT $1, 1 {if free}
                %s 1
                RETURNING revision
            ), done AS (
                INSERT INTO tasks (user_id, id, title, description, priority, due_date, remind_at, created_at, updated_at, revision)
                SELECT $1, $2, $3, $4, $5, $6, $7, now(), now(), rev.revision FROM rev {if never deleted}
                RETURNING {tasks}
            ), change AS MATERIALIZED (
                SELECT user_id, revision, NULL::json AS before, row_to_json(done) AS after, remind_at IS NOT NULL AS reminds,
                       updated_at AS changed_at, $8::text AS correlation_id, $9::text AS traceparent
                FROM done
            ) {outbox insert}
            SELECT {added}, {outbox columns of added}
            FROM done {outbox join of added}
            """
                    .formatted(COUNT_UP);

    private static final String ADD_ALL =
            """
            WITH rev AS (
                INSERT INTO user_revisions AS counter (user_id, revision)
                SELECT * FROM unnest($1::text[], $2::bigint[])
                %s excluded.revision
                RETURNING user_id, revision
            ), done AS (
                INSERT INTO tasks (user_id, id, title, description, priority, due_date, remind_at, created_at, updated_at, revision)
                SELECT user_id, id, title, description, priority, due_date, remind_at, now(), now(), rev.revision - later
                FROM rev JOIN unnest($3::text[], $4::bigint[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::date[], $10::timestamptz[])
                    AS added (user_id, later, id, title, description, priority, due_date, remind_at) USING (user_id)
                RETURNING {tasks}
            ), change AS MATERIALIZED (
                SELECT done.user_id, done.revision, NULL::json AS before, row_to_json(done) AS after,
                       done.remind_at IS NOT NULL AS reminds, done.updated_at AS changed_at, traced.correlation_id, traced.traceparent
                FROM done JOIN unnest($5::uuid[], $11::text[], $12::text[]) AS traced (id, correlation_id, traceparent) USING (id)
            ) {outbox insert}
            SELECT {added}, {outbox columns of added}
            FROM done {outbox join of added}
            """
                    .formatted(COUNT_UP);

    private static final String GUARD =
            """
            guard AS (
                SELECT EXISTS (SELECT FROM tasks WHERE user_id = $1 AND id = $2)
                    OR EXISTS (SELECT FROM task_tombstones WHERE user_id = $1 AND id = $2) AS known
            ),""";

    private static final String UPDATE =
            """
            WITH target AS (
                SELECT {tasks} FROM tasks WHERE user_id = $1 AND id = $2 FOR UPDATE
            ), wanted AS (
                SELECT user_id, id,
                       CASE WHEN $4 THEN $5::text ELSE title END AS title,
                       CASE WHEN $6 THEN $7::text ELSE description END AS description,
                       CASE WHEN $8 THEN $9::boolean ELSE completed END AS completed,
                       CASE WHEN $10 THEN $11::text ELSE priority END AS priority,
                       CASE WHEN $12 THEN $13::date ELSE due_date END AS due_date,
                       CASE WHEN $14 THEN $15::timestamptz
                            WHEN $12 AND $13::date IS NULL THEN NULL
                            ELSE remind_at END AS remind_at
                FROM target
            ), checked AS (
                SELECT $3::bigint[] IS NOT NULL AND NOT target.revision = ANY ($3::bigint[]) AS stale,
                       wanted.remind_at IS NOT NULL AND wanted.due_date IS NULL AS undated,
                       (wanted.title, wanted.description, wanted.completed, wanted.priority, wanted.due_date, wanted.remind_at)
                       IS DISTINCT FROM
                       (target.title, target.description, target.completed, target.priority, target.due_date, target.remind_at)
                       AS differs
                FROM target, wanted
            ), rev AS (
                INSERT INTO user_revisions AS counter (user_id, revision)
                SELECT $1, 1 FROM checked WHERE differs AND NOT stale AND NOT undated
                %s 1
                RETURNING revision
            ), done AS (
                UPDATE tasks
                SET title = wanted.title, description = wanted.description, completed = wanted.completed,
                    completed_at = CASE WHEN wanted.completed THEN coalesce(target.completed_at, now()) END,
                    priority = wanted.priority, due_date = wanted.due_date, remind_at = wanted.remind_at,
                    updated_at = now(), revision = rev.revision
                FROM target, wanted, rev
                WHERE tasks.user_id = target.user_id AND tasks.id = target.id
                RETURNING {tasks}
            ), change AS MATERIALIZED (
                SELECT done.user_id, done.revision, row_to_json(target) AS before, row_to_json(done) AS after,
                       target.remind_at IS NOT NULL OR done.remind_at IS NOT NULL AS reminds, done.updated_at AS changed_at, $16::text AS correlation_id, $17::text AS traceparent
                FROM done, target
            ), result AS (
                SELECT * FROM done
                UNION ALL
                SELECT * FROM target WHERE NOT EXISTS (SELECT FROM done)
            ) {outbox insert}
            SELECT result.*, checked.stale, checked.undated, %s, %s, {outbox columns}
            FROM result CROSS JOIN checked {outbox join}
            """
                    .formatted(COUNT_UP, EPOCH, REVISION);

    private static final String DELETE =
            """
            WITH target AS (
                SELECT {tasks} FROM tasks WHERE user_id = $1 AND id = $2 FOR UPDATE
            ), checked AS (
                SELECT $3::bigint[] IS NOT NULL AND NOT revision = ANY ($3::bigint[]) AS stale FROM target
            ), rev AS (
                INSERT INTO user_revisions AS counter (user_id, revision)
                SELECT $1, 1 FROM checked WHERE NOT stale
                %s 1
                RETURNING revision
            ), done AS (
                DELETE FROM tasks USING target, rev
                WHERE tasks.user_id = target.user_id AND tasks.id = target.id
                RETURNING tasks.user_id, tasks.id, rev.revision
            ), tombstone AS (
                INSERT INTO task_tombstones (user_id, id, revision, deleted_at)
                SELECT user_id, id, revision, now() FROM done
            ), change AS MATERIALIZED (
                SELECT done.user_id, done.revision, row_to_json(target) AS before, NULL::json AS after,
                       target.remind_at IS NOT NULL AS reminds, now() AS changed_at, $4::text AS correlation_id, $5::text AS traceparent
                FROM done, target
            ) {outbox insert}
            SELECT target.*, checked.stale, done.revision AS user_revision, %s, {outbox columns}
            FROM target CROSS JOIN checked LEFT JOIN done ON true {outbox join}
            """
                    .formatted(COUNT_UP, EPOCH);

    private static final String CLEAR_COMPLETED =
            """
            WITH target AS (
                SELECT {tasks} FROM tasks WHERE user_id = $1 AND completed ORDER BY id LIMIT $2 FOR UPDATE
            ), counted AS (
                SELECT count(*) AS n FROM target
            ), rev AS (
                INSERT INTO user_revisions AS counter (user_id, revision)
                SELECT $1, n FROM counted WHERE n > 0
                %s excluded.revision
                RETURNING revision
            ), numbered AS (
                SELECT target.id, rev.revision - counted.n + row_number() OVER (ORDER BY target.id) AS revision
                FROM target, counted, rev
            ), done AS (
                DELETE FROM tasks USING numbered
                WHERE tasks.user_id = $1 AND tasks.id = numbered.id
                RETURNING tasks.user_id, tasks.id, numbered.revision
            ), tombstone AS (
                INSERT INTO task_tombstones (user_id, id, revision, deleted_at)
                SELECT user_id, id, revision, now() FROM done
            ), change AS MATERIALIZED (
                SELECT done.user_id, done.revision, row_to_json(target) AS before, NULL::json AS after,
                       target.remind_at IS NOT NULL AS reminds, now() AS changed_at, $3::text AS correlation_id, $4::text AS traceparent
                FROM done JOIN target USING (user_id, id)
                ORDER BY done.revision
            ) {outbox insert}
            SELECT counted.n, coalesce((SELECT revision FROM rev), %s) AS user_revision, %s, {outbox columns}
            FROM counted {outbox join}
            ORDER BY outbox_revision
            """
                    .formatted(COUNT_UP, "(SELECT revision FROM user_revisions WHERE user_id = $1), 0", EPOCH);
}
