package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.task.ChangesOutcome;
import io.pakaura.taskapi.task.ChangesOutcome.DeletedTask;
import io.pakaura.taskapi.task.SyncPoint;
import io.pakaura.taskapi.task.Task;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of {@link ReadSql#CHANGES}. */
final class Delta {
    private Delta() {}

    /** @param limit the rows may be one more */
    static ChangesOutcome read(RowSet<Row> rows, long since, int limit) {
        Row first = rows.iterator().next();
        SyncPoint user = Rows.syncPoint(first);
        if (since < first.getLong("min_revision") || since > user.revision()) {
            return new ChangesOutcome.Gone(user);
        }
        List<Task> tasks = new ArrayList<>();
        List<DeletedTask> deleted = new ArrayList<>();
        long last = user.revision();
        for (Row row : rows) {
            if (Rows.hasTask(row) && tasks.size() + deleted.size() < limit) {
                last = row.getLong("revision");
                if (row.getBoolean("deleted")) {
                    deleted.add(new DeletedTask(row.getUUID("id"), last));
                } else {
                    tasks.add(Rows.task(row));
                }
            }
        }
        boolean hasMore = Rows.found(first) > tasks.size() + deleted.size();
        return new ChangesOutcome.Page(
                hasMore ? new SyncPoint(user.epoch(), last) : user, List.copyOf(tasks), List.copyOf(deleted), hasMore);
    }
}
