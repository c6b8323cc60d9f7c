package io.pakaura.taskapi.task;

import io.vertx.core.Future;
import java.util.UUID;

/** All that a user can do with tasks, however the request came. Safe on any thread. */
public final class TaskService {
    /** So many tasks are deleted in one transaction: it holds the user's revision counter for that long. */
    static final int CLEAR_BATCH = 500;

    private final TaskStore store;

    public TaskService(TaskStore store) {
        this.store = store;
    }

    public Future<TaskOutcome> add(Caller caller, NewTask task) {
        UUID id = task.id() == null ? UUID.randomUUID() : task.id();
        return store.add(caller, id, task);
    }

    public Future<TaskOutcome> find(String user, UUID id) {
        return store.find(user, id);
    }

    public Future<TaskOutcome> update(Caller caller, UUID id, TaskPatch patch, Precondition precondition) {
        return store.update(caller, id, patch, precondition);
    }

    /** Completes or reopens; doing it again changes nothing. */
    public Future<TaskOutcome> setCompleted(Caller caller, UUID id, boolean completed, Precondition precondition) {
        return store.update(caller, id, TaskPatch.completion(completed), precondition);
    }

    public Future<TaskOutcome> delete(Caller caller, UUID id, Precondition precondition) {
        return store.delete(caller, id, precondition);
    }

    /** Deletes all completed tasks, some hundred at a time: should it fail on the way, those before stay deleted. */
    public Future<Cleared> clearCompleted(Caller caller) {
        return clearCompleted(caller, 0);
    }

    private Future<Cleared> clearCompleted(Caller caller, long before) {
        return store.clearCompleted(caller, CLEAR_BATCH).compose(cleared -> {
            long deleted = before + cleared.deleted();
            return cleared.deleted() < CLEAR_BATCH
                    ? Future.succeededFuture(new Cleared(deleted, cleared.sync()))
                    : clearCompleted(caller, deleted);
        });
    }

    public Future<TaskPage> list(String user, TaskQuery query) {
        return store.list(user, query);
    }

    /** What changed after revision {@code since}. */
    public Future<ChangesOutcome> changes(String user, long since, int limit) {
        return store.changes(user, since, limit);
    }
}
