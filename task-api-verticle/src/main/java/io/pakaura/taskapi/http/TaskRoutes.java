package io.pakaura.taskapi.http;

import static io.pakaura.taskapi.http.Authentication.caller;

import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.ChangesOutcome;
import io.pakaura.taskapi.task.TaskOutcome;
import io.pakaura.taskapi.task.TaskService;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.BiFunction;

/** The operations on tasks, by their ids in the contract. Event loop. */
final class TaskRoutes {
    private final TaskService tasks;
    private final TaskRequests requests;
    private final UnreadPages pages;

    TaskRoutes(TaskService tasks, UnreadPages pages) {
        this.tasks = tasks;
        this.requests = new TaskRequests(tasks);
        this.pages = pages;
    }

    Map<String, OperationHandler> operations() {
        return Map.of(
                "listTasks", this::list,
                "createTask", about(requests::create),
                "clearCompleted", this::clearCompleted,
                "listChanges", this::changes,
                "getTask", this::get,
                "updateTask", about(requests::update),
                "deleteTask", about(requests::delete),
                "completeTask", about(requests::complete),
                "uncompleteTask", about(requests::uncomplete));
    }

    /** A request about one task, which may change it. */
    private static OperationHandler about(BiFunction<Caller, ValidRequest, Future<TaskOutcome>> change) {
        return (context, request) ->
                change.apply(caller(context), request).compose(outcome -> Responses.task(context, outcome));
    }

    private Future<Void> list(RoutingContext context, ValidRequest request) {
        return requests.list(caller(context), request).compose(body -> page(context, body));
    }

    private Future<Void> page(RoutingContext context, Object body) {
        HttpServerResponse response = context.response().putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON);
        return pages.end(response, caller(context).user(), Json.write(body));
    }

    private Future<Void> get(RoutingContext context, ValidRequest request) {
        return tasks.find(caller(context).user(), request.taskId())
                .compose(outcome -> Responses.read(context, outcome, request.text("If-None-Match")));
    }

    private Future<Void> clearCompleted(RoutingContext context, ValidRequest request) {
        return requests.clearCompleted(caller(context)).compose(cleared -> {
            Responses.sync(context, cleared.sync());
            return Responses.json(context, 200, TaskJson.body(cleared));
        });
    }

    private Future<Void> changes(RoutingContext context, ValidRequest request) {
        return tasks.changes(caller(context).user(), request.number("since"), (int) request.number("limit"))
                .compose(outcome -> outcome instanceof ChangesOutcome.Page page
                        ? page(context, TaskJson.body(page))
                        : Future.failedFuture(ProblemException.of(
                                ProblemType.GONE, "the changes since then cannot be told: reload the tasks")));
    }
}
