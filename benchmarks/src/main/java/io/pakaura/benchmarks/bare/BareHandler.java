package io.pakaura.benchmarks.bare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.publisher.event.EventJson;
import io.pakaura.publisher.event.TaskState;
import io.pakaura.service.TokenCheck;
import io.pakaura.service.TokenOutcome;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The least that a task API could do: check the token, read JSON, insert one row, write JSON; or look one row up by its
 * primary key. Nothing is validated, counted or routed, and what is published is for another to say. Event loop.
 */
final class BareHandler implements Handler<HttpServerRequest> {
    private static final Logger log = LoggerFactory.getLogger(BareHandler.class);
    private static final ObjectMapper MAPPER = EventJson.newMapper();

    /** A schema of its own: the migrations want theirs for themselves. */
    private static final String CREATE_TABLES =
            """
            CREATE SCHEMA IF NOT EXISTS bare;
            CREATE TABLE IF NOT EXISTS bare.tasks (
                user_id      text           NOT NULL,
                id           uuid           NOT NULL,
                title        text           NOT NULL,
                description  text,
                completed    boolean        NOT NULL DEFAULT false,
                completed_at timestamptz(3),
                priority     text           NOT NULL,
                due_date     date,
                remind_at    timestamptz(3),
                created_at   timestamptz(3) NOT NULL,
                updated_at   timestamptz(3) NOT NULL,
                revision     bigint         NOT NULL,
                PRIMARY KEY (user_id, id)
            )
            """;

    private static final String INSERT =
            """
            INSERT INTO bare.tasks (user_id, id, title, description, priority, due_date, remind_at, created_at, updated_at, revision)
            VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now(), 1)
            RETURNING id, title, description, completed, completed_at, priority, due_date, remind_at, created_at, updated_at, revision
            """;

    private static final String REVISION = "SELECT revision FROM user_revisions WHERE user_id = $1";

    private final Pool pool;
    private final TokenCheck tokens;
    private final AfterInsert afterInsert;

    BareHandler(Pool pool, TokenCheck tokens, AfterInsert afterInsert) {
        this.pool = pool;
        this.tokens = tokens;
        this.afterInsert = afterInsert;
    }

    static Future<Void> createTables(Pool pool) {
        return pool.query(CREATE_TABLES).execute().mapEmpty();
    }

    private record NewTask(
            String title,
            @Nullable String description,
            String priority,
            @Nullable LocalDate dueDate,
            @Nullable OffsetDateTime remindAt) {}

    private record Revision(long revision) {}

    @Override
    public void handle(HttpServerRequest request) {
        tokens.checkHeader(request.getHeader(HttpHeaders.AUTHORIZATION))
                .compose(token -> token instanceof TokenOutcome.Accepted accepted
                        ? serve(request, accepted.user())
                        : request.response().setStatusCode(401).end())
                .onFailure(failure -> fail(request, failure));
    }

    private Future<Void> serve(HttpServerRequest request, String user) {
        return request.method().equals(HttpMethod.POST)
                ? request.body()
                        .compose(body -> insert(user, body))
                        .compose(task -> afterInsert.inserted(user, task).compose(after -> json(request, 201, task)))
                : revision(user).compose(revision -> json(request, 200, revision));
    }

    private Future<TaskState> insert(String user, Buffer body) {
        try {
            NewTask task = MAPPER.readValue(body.getBytes(), NewTask.class);
            return pool.preparedQuery(INSERT)
                    .execute(Tuple.of(
                            user,
                            UUID.randomUUID(),
                            task.title(),
                            task.description(),
                            task.priority(),
                            task.dueDate(),
                            task.remindAt()))
                    .map(BareHandler::task);
        } catch (IOException broken) {
            return Future.failedFuture(broken);
        }
    }

    private Future<Revision> revision(String user) {
        return pool.preparedQuery(REVISION)
                .execute(Tuple.of(user))
                .map(rows -> new Revision(rows.iterator().next().getLong("revision")));
    }

    private static TaskState task(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new TaskState(
                row.getUUID("id"),
                row.getString("title"),
                row.getString("description"),
                row.getBoolean("completed"),
                instant(row, "completed_at"),
                row.getString("priority"),
                row.getLocalDate("due_date"),
                instant(row, "remind_at"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                row.getLong("revision"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static Future<Void> json(HttpServerRequest request, int status, Object body) {
        try {
            return request.response()
                    .setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(Buffer.buffer(MAPPER.writeValueAsBytes(body)));
        } catch (JsonProcessingException fault) {
            return Future.failedFuture(fault);
        }
    }

    private static void fail(HttpServerRequest request, Throwable failure) {
        log.warn("a request failed", failure);
        if (!request.response().ended()) {
            request.response().setStatusCode(500).end().onFailure(gone -> log.debug("the caller went away", gone));
        }
    }
}
