package io.pakaura.taskapi.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.taskapi.task.Caller;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Answers JSON-RPC messages that come by POST. Called on the event loop, and answers there. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Answers a message.
     *
     * @param message as the contract's {@code McpMessage}
     * @return JSON, or nothing for a message that wants no answer
     */
    Future<Optional<Buffer>> answer(Caller caller, JsonNode message);
}
