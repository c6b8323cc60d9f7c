package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.task.PageKey;
import io.pakaura.taskapi.task.TaskQuery;
import io.pakaura.taskapi.task.TaskQuery.Filter;
import io.pakaura.taskapi.task.TaskQuery.Sort;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** How PostgreSQL carries out the statement of a page. */
public final class ListPlans {
    private static final Pattern TASKS_NODE =
            Pattern.compile("Index[^\\n]* on tasks [^\\n]*actual[^\\n]* rows=(\\d+)[.\\d]* loops=1");

    private ListPlans() {}

    /** Where a page may begin: at the first task, after one with a due date and after one without. */
    public static List<Optional<PageKey>> places() {
        Instant middle = Instant.now().minusSeconds(50_000);
        UUID id = new UUID(Long.MIN_VALUE, 0);
        return List.of(
                Optional.empty(),
                Optional.of(new PageKey(middle, LocalDate.parse("2027-01-01"), id)),
                Optional.of(new PageKey(middle, null, id)));
    }

    /** The plan, with what really happened. */
    public static String explain(SqlClient pool, String user, Sort sort, Optional<PageKey> after)
            throws TimeoutException {
        TaskQuery query = new TaskQuery(new Filter(null, null, null, null), sort, after.orElse(null), 100);
        Tuple values = TaskTuples.page(user, query, 101);
        StringBuilder plan = new StringBuilder();
        for (Row row : pool.preparedQuery("EXPLAIN (ANALYZE, COSTS OFF) " + ReadSql.page(sort, after.orElse(null)))
                .execute(values)
                .await(30, TimeUnit.SECONDS)) {
            plan.append(row.getString(0)).append('\n');
        }
        return plan.toString();
    }

    /** Rows that the scan of the tasks gave, or the longer one of two. */
    public static long rowsReadFromTasks(String plan) {
        if (plan.contains("Rows Removed by Filter")) {
            return Long.MAX_VALUE;
        }
        return TASKS_NODE
                .matcher(plan)
                .results()
                .mapToLong(node -> Long.parseLong(node.group(1)))
                .max()
                .orElse(Long.MAX_VALUE);
    }
}
