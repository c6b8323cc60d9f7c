package io.pakaura.taskapi.mcp;

import io.pakaura.taskapi.http.ProblemException;
import io.pakaura.taskapi.http.TaskJson;
import io.pakaura.taskapi.http.TaskRequests;
import io.pakaura.taskapi.http.ValidRequest;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.ChangesOutcome.DeletedTask;
import io.pakaura.taskapi.task.TaskOutcome;
import io.pakaura.taskapi.task.TaskService;
import io.vertx.core.Future;

/** What each tool does, and what it returns before that is JSON. Safe on any event loop. */
final class ToolCalls {
    private final TaskRequests requests;

    ToolCalls(TaskService tasks) {
        this.requests = new TaskRequests(tasks);
    }

    /** Fails with a {@link ProblemException} if the input, or the state of the task, forbids it. */
    Future<?> call(TaskTool tool, Caller caller, ValidRequest request) {
        return switch (tool) {
            case ADD_TASK -> requests.create(caller, request).compose(ToolCalls::task);
            case UPDATE_TASK -> requests.update(caller, request).compose(ToolCalls::task);
            case COMPLETE_TASK -> requests.complete(caller, request).compose(ToolCalls::task);
            case UNCOMPLETE_TASK -> requests.uncomplete(caller, request).compose(ToolCalls::task);
            case DELETE_TASK -> requests.delete(caller, request).compose(outcome -> deleted(request, outcome));
            case CLEAR_COMPLETED -> requests.clearCompleted(caller).map(TaskJson::body);
            case LIST_TASKS -> requests.list(caller, request);
        };
    }

    private static Future<Object> task(TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Created created) {
            return Future.succeededFuture(TaskJson.body(created.task()));
        }
        return outcome instanceof TaskOutcome.Found found
                ? Future.succeededFuture(TaskJson.body(found.task()))
                : Future.failedFuture(ProblemException.of(outcome));
    }

    private static Future<Object> deleted(ValidRequest request, TaskOutcome outcome) {
        return outcome instanceof TaskOutcome.Deleted deleted
                ? Future.succeededFuture(
                        new DeletedTask(request.taskId(), deleted.sync().revision()))
                : Future.failedFuture(ProblemException.of(outcome));
    }
}
