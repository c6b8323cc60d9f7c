package io.pakaura.taskapi.task;

import io.vertx.core.Future;
import java.util.UUID;

/**
 * Keeps tasks. Every change gets the user's next revision and its events in the same transaction; a change that
 * changes nothing gets neither.
 */
public interface TaskStore {

    /** {@link TaskOutcome.Created}, {@link TaskOutcome.Found} if the user has the id already, or {@link TaskOutcome.Gone}. */
    Future<TaskOutcome> add(Caller caller, UUID id, NewTask task);

    /** {@link TaskOutcome.Found} or {@link TaskOutcome.NotFound}. */
    Future<TaskOutcome> find(String user, UUID id);

    /** Found, NotFound, Stale or ReminderWithoutDueDate. */
    Future<TaskOutcome> update(Caller caller, UUID id, TaskPatch patch, Precondition precondition);

    /** Deleted, NotFound or Stale. */
    Future<TaskOutcome> delete(Caller caller, UUID id, Precondition precondition);

    /** Deletes at most {@code limit} completed tasks. */
    Future<Cleared> clearCompleted(Caller caller, int limit);

    Future<TaskPage> list(String user, TaskQuery query);

    Future<ChangesOutcome> changes(String user, long since, int limit);
}
