package io.pakaura.taskapi.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.pakaura.taskapi.http.Contract;
import io.pakaura.taskapi.http.MessageHandler;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.SyncPoint;
import io.pakaura.taskapi.task.TaskService;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The Model Context Protocol, 2025-11-25, without sessions: no message needs one that came before. One for the process;
 * safe on any event loop, and answers on the one that asks.
 */
public final class McpEndpoint implements MessageHandler {
    private static final String INSTRUCTIONS =
            """
            The user's to-do list. What you change shows at once in all of the user's browsers.
            Call list_tasks first to learn the ids of the tasks that the user means; never make up an id.
            Days are YYYY-MM-DD in the user's own calendar; reminders are points in time with an offset, such as \
            2026-12-01T09:00:00+01:00, and need a due date.
            Ask the user before delete_task and clear_completed: nothing brings a deleted task back.""";

    private final McpJsonMapper json =
            new JacksonMcpJsonMapper(JsonMapper.builder().build());
    private final EventLoopTransport transport;

    public McpEndpoint(Contract contract, TaskService tasks) {
        JsonNode document = contract.document();
        transport = new EventLoopTransport(versions(document));
        var unused = McpServer.async(transport)
                .jsonMapper(json)
                .serverInfo(Implementation.builder(
                                "pakaura-sync", document.at("/info/version").asText())
                        .title("Pakaura Sync tasks")
                        .build())
                .instructions(INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .jsonSchemaValidator(new NoSecondCheck())
                .tools(ToolHandler.all(contract, tasks))
                .build();
    }

    private static List<String> versions(JsonNode document) {
        List<String> versions = new ArrayList<>();
        document.at("/components/schemas/McpVersion/enum").forEach(version -> versions.add(version.asText()));
        return versions;
    }

    /** Nothing comes of a notification, nor of the answer to a request that was never made. */
    @Override
    public Future<Optional<Buffer>> answer(Caller caller, JsonNode message, Consumer<SyncPoint> changed) {
        if (!message.has("method") || !message.has("id")) {
            return Future.succeededFuture(Optional.empty());
        }
        return transport
                .answer(new Call(caller, changed), request(message))
                .map(response -> Optional.of(write(response)));
    }

    private static JSONRPCRequest request(JsonNode message) {
        JsonNode id = message.get("id");
        return new JSONRPCRequest(
                message.get("method").asText(),
                id.isTextual() ? id.asText() : id.asLong(),
                message.has("params") ? message.get("params") : Map.of());
    }

    private Buffer write(JSONRPCResponse response) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(response));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
