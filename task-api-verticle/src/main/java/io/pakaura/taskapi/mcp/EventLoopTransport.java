package io.pakaura.taskapi.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Gives requests to the SDK's server in the thread that brings them. The SDK's own transports block theirs. */
final class EventLoopTransport implements McpStatelessServerTransport {
    private static final String CALL = "call";

    private final List<String> protocolVersions;
    private @Nullable McpStatelessServerHandler server;

    /** @param protocolVersions that we speak, the newest last */
    EventLoopTransport(List<String> protocolVersions) {
        this.protocolVersions = protocolVersions;
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler mcpHandler) {
        server = mcpHandler;
    }

    @Override
    public List<String> protocolVersions() {
        return protocolVersions;
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    Future<JSONRPCResponse> answer(Call call, JSONRPCRequest request) {
        McpTransportContext context = McpTransportContext.create(Map.of(CALL, call));
        try {
            return Future.fromCompletionStage(Objects.requireNonNull(server)
                            .handleRequest(context, request)
                            .toFuture())
                    .map(response -> readable(request, response));
        } catch (IllegalArgumentException unreadable) {
            return Future.succeededFuture(invalidParams(request));
        }
    }

    /** The call that a tool is called by. */
    static Call call(McpTransportContext context) {
        return (Call) context.get(CALL);
    }

    /**
     * Mends two of the SDK's errors. Tools fail by their results, so an internal error is the SDK's own, over params that
     * it cannot read; and which tool is unknown stands in the error's data, but not in its message.
     */
    private static JSONRPCResponse readable(JSONRPCRequest request, JSONRPCResponse response) {
        JSONRPCError error = response.error();
        if (error == null) {
            return response;
        }
        if (Objects.equals(error.code(), ErrorCodes.INTERNAL_ERROR)) {
            return invalidParams(request);
        }
        return error.data() instanceof String data
                ? JSONRPCResponse.error(request.id(), new JSONRPCError(error.code(), data))
                : response;
    }

    private static JSONRPCResponse invalidParams(JSONRPCRequest request) {
        String message = "params are not what MCP says they are for " + request.method();
        return JSONRPCResponse.error(request.id(), new JSONRPCError(ErrorCodes.INVALID_PARAMS, message));
    }
}
