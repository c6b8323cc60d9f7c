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
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How PostgreSQL carries out the statement of a page. */
public final class ListPlans {
    private static final Pattern TASKS_NODE =
            Pattern.compile("Index[^\\n]* on tasks [^\\n]*actual[^\\n]* rows=(\\d+)[.\\d]* loops=1");

    private ListPlans() {}

    /** The plan, with what really happened. */
    public static String explain(SqlClient pool, String user, Sort sort, boolean first) throws TimeoutException {
        PageKey middle = new PageKey(
                Instant.now().minusSeconds(50_000), LocalDate.parse("2027-01-01"), new UUID(Long.MIN_VALUE, 0));
        TaskQuery query = new TaskQuery(new Filter(null, null, null, null), sort, first ? null : middle, 100);
        Tuple values = TaskTuples.page(user, query, 101);
        StringBuilder plan = new StringBuilder();
        for (Row row : pool.preparedQuery("EXPLAIN (ANALYZE, COSTS OFF) " + ReadSql.page(sort, first))
                .execute(values)
                .await(30, TimeUnit.SECONDS)) {
            plan.append(row.getString(0)).append('\n');
        }
        return plan.toString();
    }

    /** Rows that the scan of the tasks gave. */
    public static long rowsReadFromTasks(String plan) {
        Matcher node = TASKS_NODE.matcher(plan);
        return node.find() && !plan.contains("Rows Removed by Filter") ? Long.parseLong(node.group(1)) : Long.MAX_VALUE;
    }
}
