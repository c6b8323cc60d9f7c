package io.pakaura.taskapi.mcp;

import io.pakaura.taskapi.http.ProblemException;
import io.pakaura.taskapi.http.TaskJson;
import io.pakaura.taskapi.http.TaskRequests;
import io.pakaura.taskapi.http.ValidRequest;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.ChangesOutcome.DeletedTask;
import io.pakaura.taskapi.task.Cleared;
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
    Future<?> call(TaskTool tool, Call call, ValidRequest request) {
        Caller caller = call.caller();
        return switch (tool) {
            case ADD_TASK -> requests.create(caller, request).compose(outcome -> task(call, outcome));
            case UPDATE_TASK -> requests.update(caller, request).compose(outcome -> task(call, outcome));
            case COMPLETE_TASK -> requests.complete(caller, request).compose(outcome -> task(call, outcome));
            case UNCOMPLETE_TASK -> requests.uncomplete(caller, request).compose(outcome -> task(call, outcome));
            case DELETE_TASK -> requests.delete(caller, request).compose(outcome -> deleted(call, request, outcome));
            case CLEAR_COMPLETED -> requests.clearCompleted(caller).map(cleared -> cleared(call, cleared));
            case LIST_TASKS -> requests.list(caller, request);
        };
    }

    private static Future<Object> task(Call call, TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Created created) {
            call.changed().accept(created.sync());
            return Future.succeededFuture(TaskJson.body(created.task()));
        }
        if (outcome instanceof TaskOutcome.Found found) {
            call.changed().accept(found.sync());
            return Future.succeededFuture(TaskJson.body(found.task()));
        }
        return Future.failedFuture(ProblemException.of(outcome));
    }

    private static Future<Object> deleted(Call call, ValidRequest request, TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Deleted deleted) {
            call.changed().accept(deleted.sync());
            return Future.succeededFuture(
                    new DeletedTask(request.taskId(), deleted.sync().revision()));
        }
        return Future.failedFuture(ProblemException.of(outcome));
    }

    private static Object cleared(Call call, Cleared cleared) {
        call.changed().accept(cleared.sync());
        return TaskJson.body(cleared);
    }
}
