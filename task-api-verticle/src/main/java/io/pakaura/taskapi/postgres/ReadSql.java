package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.task.PageKey;
import io.pakaura.taskapi.task.TaskQuery.Sort;
import io.pakaura.taskapi.task.TaskQuery.SortColumn;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The statements that read many tasks. Each is one snapshot, revision and epoch included. */
final class ReadSql {
    /** $1 user. How far he is, always one row. */
    static final String SYNC_POINT =
            """
            SELECT epoch, coalesce(revision, 0) AS user_revision, coalesce(min_revision, 0) AS min_revision
            FROM sync_epoch LEFT JOIN user_revisions ON user_id = $1
            WHERE singleton""";

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
     * page that follows another also that one's last task: $7 id and, unless the page is ordered by id alone, $8 the value
     * that it is sorted by. A first page is another statement, not a null: "null or beyond it" would be no condition for
     * an index.
     */
    static String page(Sort sort, @Nullable PageKey after) {
        return PAGES.computeIfAbsent(new PageForm(sort, Place.of(sort, after)), ReadSql::page);
    }

    /** Whether a page after this one is ordered by id alone, and so has no $8. */
    static boolean isOrderedByIdAlone(Sort sort, PageKey after) {
        return sort.column() == SortColumn.ID || Place.of(sort, after) == Place.AMONG_UNDATED;
    }

    private enum Place {
        FIRST,
        BEYOND,
        /** Beyond a task without a due date, where due dates descend: only such tasks are left. */
        AMONG_UNDATED;

        static Place of(Sort sort, @Nullable PageKey after) {
            if (after == null) {
                return FIRST;
            }
            return descendsByDueDate(sort) && after.dueDate() == null ? AMONG_UNDATED : BEYOND;
        }
    }

    private record PageForm(Sort sort, Place place) {}

    private static final Map<PageForm, String> PAGES = new ConcurrentHashMap<>();

    private static boolean descendsByDueDate(Sort sort) {
        return sort.column() == SortColumn.DUE_DATE && sort.descending();
    }

    private static String page(PageForm form) {
        return descendsByDueDate(form.sort()) ? dueDatesDescending(form.place()) : oneWay(form);
    }

    private static String oneWay(PageForm form) {
        String way = form.sort().descending() ? " DESC" : " ASC";
        String beyond = form.sort().descending() ? " < " : " > ";
        String key =
                switch (form.sort().column()) {
                    case ID -> "";
                    case CREATED_AT -> "created_at";
                    case DUE_DATE -> DUE_DATE;
                };
        String after = key.isEmpty() ? "AND id" + beyond + "$7" : "AND (" + key + ", id)" + beyond + "($8, $7)";
        String order = (key.isEmpty() ? "" : key + way + ", ") + "id" + way;
        return statement(part(form.place() == Place.FIRST ? "" : after, order), order);
    }

    /** Tasks without a due date come last here too, so that their part of the index is read after the others. */
    private static String dueDatesDescending(Place place) {
        String dated = part(
                "AND " + DUE_DATE + " < 'infinity'"
                        + (place == Place.BEYOND ? " AND (" + DUE_DATE + ", id) < ($8, $7)" : ""),
                DUE_DATE + " DESC, id DESC");
        String undated = part(
                "AND " + DUE_DATE + " = 'infinity'" + (place == Place.AMONG_UNDATED ? " AND id < $7" : ""), "id DESC");
        String order = "coalesce(due_date, '-infinity'::date) DESC, id DESC";
        return statement(
                place == Place.AMONG_UNDATED
                        ? undated
                        : "SELECT * FROM ((%s) UNION ALL (%s)) AS parts ORDER BY %s LIMIT $2"
                                .formatted(dated, undated, order),
                order);
    }

    private static String part(String condition, String order) {
        return PART.formatted(condition, order);
    }

    private static String statement(String page, String order) {
        return TaskColumns.in(PAGE.formatted(SYNC_POINT, page, SIZED.formatted(order), PAGE_BYTES, order));
    }

    /** As its index has it: a task without a due date counts as the last day there is. */
    private static final String DUE_DATE = "coalesce(due_date, 'infinity'::date)";

    /** The collation is what makes ä the same as Ä whatever the database's own is; PostgreSQL has it since 17. */
    private static final String PART =
            """
            SELECT {tasks} FROM tasks
            WHERE user_id = $1
              AND ($3::boolean IS NULL OR completed = $3)
              AND ($4::date IS NULL OR due_date < $4)
              AND ($5::date IS NULL OR due_date > $5)
              AND ($6::text IS NULL
                   OR strpos(lower(title COLLATE pg_c_utf8), lower($6 COLLATE pg_c_utf8)) > 0
                   OR strpos(lower(description COLLATE pg_c_utf8), lower($6 COLLATE pg_c_utf8)) > 0)
              %s
            ORDER BY %s LIMIT $2""";

    private static final String PAGE =
            """
            WITH sync AS (%s), page AS (%s), sized AS (%s)
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
