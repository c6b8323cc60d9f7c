package io.pakaura.taskapi.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.SyncPoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers JSON-RPC messages that come by POST. Called on the event loop, and answers there. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Answers a message.
     *
     * @param message as the contract's {@code McpMessage}
     * @param changed is told, before the answer is there, where the user's changes stand if the message may have made one
     * @return JSON, or nothing for a message that wants no answer
     */
    Future<Optional<Buffer>> answer(Caller caller, JsonNode message, Consumer<SyncPoint> changed);
}
