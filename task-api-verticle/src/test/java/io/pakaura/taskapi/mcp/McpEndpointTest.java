package io.pakaura.taskapi.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.taskapi.http.Contract;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.ChangesOutcome;
import io.pakaura.taskapi.task.Cleared;
import io.pakaura.taskapi.task.NewTask;
import io.pakaura.taskapi.task.Precondition;
import io.pakaura.taskapi.task.StoreUnavailableException;
import io.pakaura.taskapi.task.SyncPoint;
import io.pakaura.taskapi.task.TaskOutcome;
import io.pakaura.taskapi.task.TaskPage;
import io.pakaura.taskapi.task.TaskPatch;
import io.pakaura.taskapi.task.TaskQuery;
import io.pakaura.taskapi.task.TaskService;
import io.pakaura.taskapi.task.TaskStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class McpEndpointTest {
    private static final Caller CALLER = new Caller("alice", "correlation-1", "00-0-0-00");
    private static final String CLEAR = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\","
            + " \"params\": {\"name\": \"clear_completed\"}}";

    private final Vertx vertx = Vertx.vertx();
    private final FakeStore store = new FakeStore(vertx);
    private final McpEndpoint endpoint = new McpEndpoint(Contract.load(), new TaskService(store));

    private final List<SyncPoint> synced = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void a_call_stays_on_the_event_loop_that_it_came_by() throws Exception {
        List<Thread> threads = new ArrayList<>();
        Context context = vertx.getOrCreateContext();

        JsonNode answer = Future.<JsonNode>future(done -> context.runOnContext(start -> {
                    threads.add(Thread.currentThread());
                    endpoint.answer(CALLER, json(CLEAR), synced::add)
                            .map(McpEndpointTest::body)
                            .onSuccess(body -> threads.add(Thread.currentThread()))
                            .onComplete(done);
                }))
                .await(10, TimeUnit.SECONDS);
        threads.add(store.calledOn);

        assertThat(answer.at("/result/structuredContent/deleted").asLong()).isEqualTo(3);
        assertThat(threads).hasSize(3).containsOnly(threads.get(0));
        assertThat(threads.get(0).getName()).contains("eventloop");
        assertThat(store.caller).isSameAs(CALLER);
        assertThat(synced).containsExactly(new SyncPoint(new UUID(0, 1), 3));
    }

    @Test
    void a_database_that_is_away_is_a_result_that_says_when_to_try_again() throws Exception {
        store.failure = new StoreUnavailableException("no route to 10.0.0.7", new RuntimeException());

        JsonNode result = answer(CLEAR).get("result");

        assertThat(result.get("isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText()).contains("try again").doesNotContain("10.0.0.7");
    }

    @Test
    void a_fault_tells_the_caller_no_more_than_where_to_look() throws Exception {
        store.failure = new IllegalStateException("secret");

        JsonNode result = answer(CLEAR).get("result");

        assertThat(result.get("isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText())
                .contains("correlation-1")
                .doesNotContain("secret");
    }

    @Test
    void a_notification_that_looks_like_a_call_is_none() throws Exception {
        assertThat(endpoint.answer(CALLER, json(CLEAR.replace("\"id\": 1, ", "")), synced::add)
                        .await(10, TimeUnit.SECONDS))
                .isEmpty();
        assertThat(store.caller).isNull();
    }

    @Test
    void thousands_of_arguments_are_refused_in_one_line() throws Exception {
        String arguments =
                IntStream.range(0, 3_000).mapToObj(i -> "\"a" + i + "\":1").collect(Collectors.joining(",", "{", "}"));

        JsonNode result = answer(CLEAR.replace("}}", ", \"arguments\": " + arguments + "}}"))
                .get("result");

        assertThat(result.get("isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText()).isEqualTo("arguments: must not have more than 100 fields");
    }

    @Test
    void what_the_sdk_keeps_to_itself_is_in_the_log() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(EventLoopTransport.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            answer(CLEAR.replace("\"clear_completed\"", "[]"));
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(lines.list.get(0).getFormattedMessage())
                .startsWith("tools/call is answered with invalid params")
                .hasSizeGreaterThan(80)
                .hasSizeLessThan(500);
    }

    private JsonNode answer(String message) throws Exception {
        return body(endpoint.answer(CALLER, json(message), synced::add).await(10, TimeUnit.SECONDS));
    }

    private static JsonNode body(Optional<io.vertx.core.buffer.Buffer> answer) {
        return json(answer.orElseThrow().toString());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (java.io.IOException notJson) {
            throw new IllegalArgumentException(text, notJson);
        }
    }

    /** Clears three tasks, or fails, after a moment on the event loop; has nothing else. */
    private static final class FakeStore implements TaskStore {
        private final Vertx vertx;
        volatile RuntimeException failure;
        volatile Thread calledOn;
        volatile Caller caller;

        FakeStore(Vertx vertx) {
            this.vertx = vertx;
        }

        @Override
        public Future<Cleared> clearCompleted(Caller caller, int limit) {
            this.caller = caller;
            calledOn = Thread.currentThread();
            return failure == null
                    ? vertx.timer(5, TimeUnit.MILLISECONDS).map(new Cleared(3, new SyncPoint(new UUID(0, 1), 3)))
                    : Future.failedFuture(failure);
        }

        @Override
        public Future<TaskOutcome> add(Caller caller, UUID id, NewTask task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<TaskOutcome> find(String user, UUID id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<TaskOutcome> update(Caller caller, UUID id, TaskPatch patch, Precondition precondition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<TaskOutcome> delete(Caller caller, UUID id, Precondition precondition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<TaskPage> list(String user, TaskQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<ChangesOutcome> changes(String user, long since, int limit) {
            throw new UnsupportedOperationException();
        }
    }
}
