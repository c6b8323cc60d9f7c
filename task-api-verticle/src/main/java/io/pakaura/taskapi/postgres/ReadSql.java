package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.task.TaskQuery.Sort;
import io.pakaura.taskapi.task.TaskQuery.SortColumn;

/** The statements that read many tasks. Each is one snapshot, revision and epoch included. */
final class ReadSql {
    private static final String SYNC_POINT =
            """
            SELECT epoch, coalesce(revision, 0) AS user_revision, coalesce(min_revision, 0) AS min_revision
            FROM sync_epoch LEFT JOIN user_revisions ON user_id = $1""";

    private ReadSql() {}

    /** $1 user, $2 id. Always one row, without a task if there is none. */
    static final String FIND =
            """
            WITH sync AS (%s)
            SELECT sync.*, tasks.* FROM sync LEFT JOIN tasks ON user_id = $1 AND id = $2
            """
                    .formatted(SYNC_POINT);

    /**
     * $1 user, $2 completed or null, $3 limit, $4 id and, if sorted by it, $5 creation of the last task of the page
     * before; null for the first page.
     */
    static String page(Sort sort) {
        String way = sort.descending() ? "DESC" : "ASC";
        String beyond = sort.descending() ? "<" : ">";
        boolean byId = sort.column() == SortColumn.ID;
        String after = byId ? "id " + beyond + " $4" : "(created_at, id) " + beyond + " ($5::timestamptz, $4)";
        String order = byId ? "id " + way : "created_at " + way + ", id " + way;
        return """
                WITH sync AS (%s), page AS (
                    SELECT * FROM tasks
                    WHERE user_id = $1 AND ($2::boolean IS NULL OR completed = $2) AND ($4::uuid IS NULL OR %s)
                    ORDER BY %s LIMIT $3
                )
                SELECT sync.*, page.* FROM sync LEFT JOIN page ON true ORDER BY %s
                """
                .formatted(SYNC_POINT, after, order, order);
    }

    /** $1 user, $2 since, $3 limit. */
    static final String CHANGES =
            """
            WITH sync AS (%s), page AS (
                (SELECT *, false AS deleted FROM tasks WHERE user_id = $1 AND revision > $2 ORDER BY revision LIMIT $3)
                UNION ALL
                (SELECT user_id, id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, revision, true
                 FROM task_tombstones WHERE user_id = $1 AND revision > $2 ORDER BY revision LIMIT $3)
                ORDER BY revision LIMIT $3
            )
            SELECT sync.*, page.* FROM sync LEFT JOIN page ON true ORDER BY page.revision
            """
                    .formatted(SYNC_POINT);
}
