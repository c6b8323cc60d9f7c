package io.pakaura.taskapi.http;

import io.pakaura.taskapi.task.SyncPoint;
import io.pakaura.taskapi.task.Task;
import io.pakaura.taskapi.task.TaskOutcome;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Outcomes as responses. */
final class Responses {
    static final String JSON = "application/json";

    private Responses() {}

    static Future<Void> json(RoutingContext context, int status, Object body) {
        return context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(Json.write(body));
    }

    /** The answer to a request that may have changed a task. */
    static Future<Void> task(RoutingContext context, TaskOutcome outcome) {
        if (outcome instanceof TaskOutcome.Created created) {
            context.response()
                    .putHeader(HttpHeaders.LOCATION, "/tasks/" + created.task().id());
            return changed(context, 201, created.task(), created.sync());
        }
        if (outcome instanceof TaskOutcome.Found found) {
            return changed(context, 200, found.task(), found.sync());
        }
        if (outcome instanceof TaskOutcome.Deleted deleted) {
            sync(context, deleted.sync());
            return context.response().setStatusCode(204).end();
        }
        return Future.failedFuture(ProblemException.of(outcome));
    }

    /** The answer to a request that reads a task. */
    static Future<Void> read(RoutingContext context, TaskOutcome outcome, @Nullable String ifNoneMatch) {
        if (outcome instanceof TaskOutcome.Found found) {
            context.response().putHeader(HttpHeaders.ETAG, EntityTags.of(found.task()));
            return EntityTags.noneMatch(ifNoneMatch, found.task())
                    ? json(context, 200, TaskJson.body(found.task()))
                    : context.response().setStatusCode(304).end();
        }
        return Future.failedFuture(ProblemException.of(outcome));
    }

    static void sync(RoutingContext context, SyncPoint sync) {
        context.response()
                .putHeader("Sync-Revision", Long.toString(sync.revision()))
                .putHeader("Sync-Epoch", sync.epoch().toString());
    }

    private static Future<Void> changed(RoutingContext context, int status, Task task, SyncPoint sync) {
        sync(context, sync);
        context.response().putHeader(HttpHeaders.ETAG, EntityTags.of(task));
        return json(context, status, TaskJson.body(task));
    }
}
