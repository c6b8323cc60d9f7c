package io.pakaura.taskapi.http;

import static io.pakaura.taskapi.http.Authentication.caller;

import io.pakaura.taskapi.task.ChangesOutcome;
import io.pakaura.taskapi.task.PageKey;
import io.pakaura.taskapi.task.TaskQuery;
import io.pakaura.taskapi.task.TaskQuery.Filter;
import io.pakaura.taskapi.task.TaskQuery.Sort;
import io.pakaura.taskapi.task.TaskQuery.SortColumn;
import io.pakaura.taskapi.task.TaskService;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;

/** The operations on tasks, by their ids in the contract. Event loop. */
final class TaskRoutes {
    /** An operation: what it returns is done once the response is written. */
    @FunctionalInterface
    interface Operation {
        Future<Void> serve(RoutingContext context, ValidRequest request);
    }

    private final TaskService tasks;
    private final UnreadPages pages;

    TaskRoutes(TaskService tasks, UnreadPages pages) {
        this.tasks = tasks;
        this.pages = pages;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "listTasks", this::list,
                "createTask", this::create,
                "clearCompleted", this::clearCompleted,
                "listChanges", this::changes,
                "getTask", this::get,
                "updateTask", this::update,
                "deleteTask", this::delete,
                "completeTask", (context, request) -> setCompleted(context, request, true),
                "uncompleteTask", (context, request) -> setCompleted(context, request, false));
    }

    private Future<Void> list(RoutingContext context, ValidRequest request) {
        Sort sort = sort(String.valueOf(request.text("sort")));
        PageKey after = PageCursor.decode(sort, request.text("cursor"));
        TaskQuery query = new TaskQuery(filter(request), sort, after, (int) request.number("limit"));
        return tasks.list(caller(context).user(), query)
                .map(page -> TaskJson.body(page, page.next() == null ? null : PageCursor.encode(sort, page.next())))
                .compose(body -> page(context, body));
    }

    private Future<Void> page(RoutingContext context, Object body) {
        HttpServerResponse response = context.response().putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON);
        return pages.end(response, caller(context).user(), Json.write(body));
    }

    private static Filter filter(ValidRequest request) {
        return new Filter(
                request.flag("completed"), request.date("due_before"), request.date("due_after"), request.text("q"));
    }

    private static Sort sort(String parameter) {
        boolean descending = parameter.startsWith("-");
        String column = descending ? parameter.substring(1) : parameter;
        return new Sort(SortColumn.valueOf(column.toUpperCase(Locale.ROOT)), descending);
    }

    private Future<Void> create(RoutingContext context, ValidRequest request) {
        return tasks.add(caller(context), TaskJson.newTask(request.body()))
                .compose(outcome -> Responses.task(context, outcome));
    }

    private Future<Void> get(RoutingContext context, ValidRequest request) {
        return tasks.find(caller(context).user(), request.taskId())
                .compose(outcome -> Responses.read(context, outcome, request.text("If-None-Match")));
    }

    private Future<Void> update(RoutingContext context, ValidRequest request) {
        return tasks.update(
                        caller(context),
                        request.taskId(),
                        TaskJson.patch(request.body()),
                        EntityTags.ifMatch(request.text("If-Match")))
                .compose(outcome -> Responses.task(context, outcome));
    }

    private Future<Void> setCompleted(RoutingContext context, ValidRequest request, boolean completed) {
        return tasks.setCompleted(
                        caller(context), request.taskId(), completed, EntityTags.ifMatch(request.text("If-Match")))
                .compose(outcome -> Responses.task(context, outcome));
    }

    private Future<Void> delete(RoutingContext context, ValidRequest request) {
        return tasks.delete(caller(context), request.taskId(), EntityTags.ifMatch(request.text("If-Match")))
                .compose(outcome -> Responses.task(context, outcome));
    }

    private Future<Void> clearCompleted(RoutingContext context, ValidRequest request) {
        return tasks.clearCompleted(caller(context)).compose(cleared -> {
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
