package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.postgres.AddBatches.Add;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.Field;
import io.pakaura.taskapi.task.NewTask;
import io.pakaura.taskapi.task.PageKey;
import io.pakaura.taskapi.task.Precondition;
import io.pakaura.taskapi.task.Priority;
import io.pakaura.taskapi.task.TaskPatch;
import io.pakaura.taskapi.task.TaskQuery;
import io.pakaura.taskapi.task.TaskQuery.Filter;
import io.pakaura.taskapi.task.TaskQuery.SortColumn;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The parameters of the statements in {@link TaskSql} and {@link ReadSql}, in their order. */
final class TaskTuples {
    private TaskTuples() {}

    static Tuple add(Caller caller, UUID id, NewTask task) {
        return Tuple.from(new @Nullable Object[] {
            caller.user(),
            id,
            task.title(),
            task.description(),
            task.priority().wireName(),
            task.dueDate(),
            utc(task.remindAt()),
            caller.correlationId(),
            caller.traceparent()
        });
    }

    static Tuple addAll(List<Add> adds) {
        SortedMap<String, Long> counts = new TreeMap<>();
        Long[] later = new Long[adds.size()];
        for (int i = adds.size() - 1; i >= 0; i--) {
            String user = adds.get(i).caller().user();
            later[i] = counts.getOrDefault(user, 0L);
            counts.put(user, later[i] + 1);
        }
        return Tuple.from(new Object[] {
            counts.keySet().toArray(String[]::new),
            counts.values().toArray(Long[]::new),
            column(adds, String[]::new, add -> add.caller().user()),
            later,
            column(adds, UUID[]::new, Add::id),
            column(adds, String[]::new, add -> add.task().title()),
            column(adds, String[]::new, add -> add.task().description()),
            column(adds, String[]::new, add -> add.task().priority().wireName()),
            column(adds, LocalDate[]::new, add -> add.task().dueDate()),
            column(adds, OffsetDateTime[]::new, add -> utc(add.task().remindAt())),
            column(adds, String[]::new, add -> add.caller().correlationId()),
            column(adds, String[]::new, add -> add.caller().traceparent())
        });
    }

    private static <T> @Nullable T[] column(
            List<Add> adds, IntFunction<@Nullable T[]> array, Function<Add, @Nullable T> value) {
        return adds.stream().map(value).toArray(array);
    }

    static Tuple update(Caller caller, UUID id, TaskPatch patch, Precondition precondition) {
        Field<Priority> priority = patch.priority();
        return Tuple.from(new @Nullable Object[] {
            caller.user(),
            id,
            revisions(precondition),
            patch.title().isSet(),
            patch.title().value(),
            patch.description().isSet(),
            patch.description().value(),
            patch.completed().isSet(),
            patch.completed().value(),
            priority.isSet(),
            priority.value() == null ? null : priority.value().wireName(),
            patch.dueDate().isSet(),
            patch.dueDate().value(),
            patch.remindAt().isSet(),
            utc(patch.remindAt().value()),
            caller.correlationId(),
            caller.traceparent()
        });
    }

    static Tuple delete(Caller caller, UUID id, Precondition precondition) {
        return Tuple.from(new @Nullable Object[] {
            caller.user(), id, revisions(precondition), caller.correlationId(), caller.traceparent()
        });
    }

    static Tuple page(String user, TaskQuery query, int limit) {
        Filter filter = query.filter();
        PageKey after = query.after();
        Tuple values = Tuple.from(new @Nullable Object[] {
            user, limit, filter.completed(), filter.dueBefore(), filter.dueAfter(), filter.text()
        });
        if (after == null) {
            return values;
        }
        Tuple beyond = values.addUUID(after.id());
        if (ReadSql.isOrderedByIdAlone(query.sort(), after)) {
            return beyond;
        }
        return query.sort().column() == SortColumn.CREATED_AT
                ? beyond.addOffsetDateTime(utc(after.createdAt()))
                : beyond.addLocalDate(after.dueDate() == null ? LocalDate.MAX : after.dueDate());
    }

    private static Long @Nullable [] revisions(Precondition precondition) {
        return precondition.revisions() == null
                ? null
                : precondition.revisions().toArray(Long[]::new);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
