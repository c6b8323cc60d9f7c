package io.pakaura.taskapi.event;

import io.pakaura.publisher.event.TaskState;
import io.pakaura.taskapi.task.Task;

/** Tasks as they stand in events, and so in answers. */
public final class TaskStates {
    private TaskStates() {}

    public static TaskState of(Task task) {
        return new TaskState(
                task.id(),
                task.title(),
                task.description(),
                task.completed(),
                task.completedAt(),
                task.priority().wireName(),
                task.dueDate(),
                task.remindAt(),
                task.createdAt(),
                task.updatedAt(),
                task.revision());
    }
}
