package io.pakaura.taskapi.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.Cleared;
import io.pakaura.taskapi.task.PageKey;
import io.pakaura.taskapi.task.TaskOutcome;
import io.pakaura.taskapi.task.TaskQuery;
import io.pakaura.taskapi.task.TaskQuery.Filter;
import io.pakaura.taskapi.task.TaskQuery.Sort;
import io.pakaura.taskapi.task.TaskQuery.SortColumn;
import io.pakaura.taskapi.task.TaskService;
import io.vertx.core.Future;
import java.util.Locale;

/**
 * What a valid request asks of the tasks, the same for REST and MCP. A {@link ProblemException}, thrown or in the future,
 * says what only the domain could tell to be wrong. Event loop.
 */
public final class TaskRequests {
    private final TaskService tasks;

    public TaskRequests(TaskService tasks) {
        this.tasks = tasks;
    }

    /** Before a body meets its schema: the white space around a title is not part of it. */
    public static void trimTitle(JsonNode body) {
        if (body instanceof ObjectNode object && object.path("title").isTextual()) {
            object.put("title", Text.trim(object.get("title").asText()));
        }
    }

    public Future<TaskJson.PageBody> list(Caller caller, ValidRequest request) {
        Sort sort = sort(String.valueOf(request.text("sort")));
        PageKey after = PageCursor.decode(sort, request.text("cursor"));
        TaskQuery query = new TaskQuery(filter(request), sort, after, (int) request.number("limit"));
        return tasks.list(caller.user(), query)
                .map(page -> TaskJson.body(page, page.next() == null ? null : PageCursor.encode(sort, page.next())));
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

    public Future<TaskOutcome> create(Caller caller, ValidRequest request) {
        return tasks.add(caller, TaskJson.newTask(request.body()));
    }

    public Future<TaskOutcome> update(Caller caller, ValidRequest request) {
        return tasks.update(
                caller, request.taskId(), TaskJson.patch(request.body()), EntityTags.ifMatch(request.text("If-Match")));
    }

    public Future<TaskOutcome> complete(Caller caller, ValidRequest request) {
        return setCompleted(caller, request, true);
    }

    public Future<TaskOutcome> uncomplete(Caller caller, ValidRequest request) {
        return setCompleted(caller, request, false);
    }

    private Future<TaskOutcome> setCompleted(Caller caller, ValidRequest request, boolean completed) {
        return tasks.setCompleted(caller, request.taskId(), completed, EntityTags.ifMatch(request.text("If-Match")));
    }

    public Future<TaskOutcome> delete(Caller caller, ValidRequest request) {
        return tasks.delete(caller, request.taskId(), EntityTags.ifMatch(request.text("If-Match")));
    }

    public Future<Cleared> clearCompleted(Caller caller) {
        return tasks.clearCompleted(caller);
    }
}
