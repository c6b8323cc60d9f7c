package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.task.TaskQuery.Sort;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The statements that read many tasks. Each is one snapshot, revision and epoch included. */
final class ReadSql {
    /** $1 user. How far he is, always one row. */
    static final String SYNC_POINT =
            """
            SELECT epoch, coalesce(revision, 0) AS user_revision, coalesce(min_revision, 0) AS min_revision
            FROM sync_epoch LEFT JOIN user_revisions ON user_id = $1""";

    /**
     * A page ends before its limit when its texts come to so much: 500 of the longest would be 20 MB, and twice that as
     * the structure and the text of an answer to MCP. The row that goes over it is still in it.
     */
    private static final int PAGE_BYTES = 4 * 1024 * 1024;

    /** The rows of {@code page}, with how many there are, and the size of those before each. */
    private static final String SIZED =
            """
            SELECT page.*, count(*) OVER () AS found,
                   coalesce(sum(octet_length(title) + coalesce(octet_length(description), 0))
                       OVER (ORDER BY %s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS bytes_before
            FROM page""";

    private ReadSql() {}

    /** $1 user, $2 id. Always one row, without a task if there is none. */
    static final String FIND = TaskColumns.in(
            """
            WITH sync AS (%s)
            SELECT sync.*, {tasks} FROM sync LEFT JOIN tasks ON user_id = $1 AND id = $2
            """
                    .formatted(SYNC_POINT));

    /**
     * $1 user, $2 limit, then the filters, each a value or null: $3 completed, $4 due before, $5 due after, $6 text. For a
     * page that follows another also that one's last task: $7 id and, unless it is sorted by id alone, $8 the value that it
     * is sorted by. A first page is another statement, not a null: "null or beyond it" would be no condition for an index.
     */
    static String page(Sort sort, boolean first) {
        return PAGES.computeIfAbsent(new PageForm(sort, first), ReadSql::page);
    }

    private record PageForm(Sort sort, boolean first) {}

    private static final Map<PageForm, String> PAGES = new ConcurrentHashMap<>();

    private static String page(PageForm form) {
        Sort sort = form.sort();
        String way = sort.descending() ? "DESC" : "ASC";
        String beyond = sort.descending() ? "<" : ">";
        String key = sortKey(sort);
        String after = key.isEmpty() ? "AND id " + beyond + " $7" : "AND (" + key + ", id) " + beyond + " ($8, $7)";
        String order = (key.isEmpty() ? "" : key + " " + way + ", ") + "id " + way;
        return TaskColumns.in(PAGE.formatted(
                SYNC_POINT, form.first() ? "" : after, order, SIZED.formatted(order), PAGE_BYTES, order));
    }

    /**
     * As its index has it; empty for the id alone. A task without a due date counts as the last day there is, seen from
     * where the page begins.
     */
    private static String sortKey(Sort sort) {
        return switch (sort.column()) {
            case ID -> "";
            case CREATED_AT -> "created_at";
            case DUE_DATE ->
                sort.descending() ? "coalesce(due_date, '-infinity'::date)" : "coalesce(due_date, 'infinity'::date)";
        };
    }

    /** The collation is what makes ä the same as Ä whatever the database's own is; PostgreSQL has it since 17. */
    private static final String PAGE =
            """
            WITH sync AS (%s), page AS (
                SELECT {tasks} FROM tasks
                WHERE user_id = $1
                  AND ($3::boolean IS NULL OR completed = $3)
                  AND ($4::date IS NULL OR due_date < $4)
                  AND ($5::date IS NULL OR due_date > $5)
                  AND ($6::text IS NULL
                       OR strpos(lower(title COLLATE pg_c_utf8), lower($6 COLLATE pg_c_utf8)) > 0
                       OR strpos(lower(description COLLATE pg_c_utf8), lower($6 COLLATE pg_c_utf8)) > 0)
                  %s
                ORDER BY %s LIMIT $2
            ), sized AS (%s)
            SELECT sync.*, sized.* FROM sync LEFT JOIN sized ON bytes_before < %d ORDER BY %s
            """;

    /** $1 user, $2 since, $3 limit. */
    static final String CHANGES = TaskColumns.in(
            """
            WITH sync AS (%s), page AS (
                (SELECT {tasks}, false AS deleted FROM tasks WHERE user_id = $1 AND revision > $2 ORDER BY revision LIMIT $3)
                UNION ALL
                (SELECT user_id, id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, revision, true
                 FROM task_tombstones WHERE user_id = $1 AND revision > $2 ORDER BY revision LIMIT $3)
                ORDER BY revision LIMIT $3
            ), sized AS (%s)
            SELECT sync.*, sized.* FROM sync LEFT JOIN sized ON bytes_before < %d ORDER BY sized.revision
            """
                    .formatted(SYNC_POINT, SIZED.formatted("revision"), PAGE_BYTES));
}
