package io.pakaura.taskapi.task;

/** What became of a request about one task. */
public sealed interface TaskOutcome {

    /** The task is there now and was not before. */
    record Created(Task task, SyncPoint sync) implements TaskOutcome {}

    /** The task as it is: read, changed just now, or found to need no change. */
    record Found(Task task, SyncPoint sync) implements TaskOutcome {}

    /** The task is no more. */
    record Deleted(SyncPoint sync) implements TaskOutcome {}

    /** The user has no such task. */
    record NotFound() implements TaskOutcome {}

    /** The id belonged to a task that was deleted, and is not given out again. */
    record Gone() implements TaskOutcome {}

    /** The task has another revision than the caller thought. */
    record Stale(Task task) implements TaskOutcome {}

    /** The change would leave a reminder on a task without a due date. */
    record ReminderWithoutDueDate() implements TaskOutcome {}
}
