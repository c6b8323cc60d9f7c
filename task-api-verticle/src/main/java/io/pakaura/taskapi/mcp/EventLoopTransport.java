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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Gives requests to the SDK's server in the thread that brings them. The SDK's own transports block theirs. */
final class EventLoopTransport implements McpStatelessServerTransport {
    private static final Logger log = LoggerFactory.getLogger(EventLoopTransport.class);
    private static final String CALL = "call";
    private static final int MAX_REASON = 300;

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
            return Future.succeededFuture(invalidParams(request, String.valueOf(unreadable.getMessage())));
        }
    }

    /** The call that a tool is called by. */
    static Call call(McpTransportContext context) {
        return (Call) context.get(CALL);
    }

    /**
     * Mends two of the SDK's errors. Tools fail by their results, so an internal error is the SDK's own, nearly always over
     * params that it cannot read; and which tool is unknown stands in the error's data, but not in its message.
     */
    private static JSONRPCResponse readable(JSONRPCRequest request, JSONRPCResponse response) {
        JSONRPCError error = response.error();
        if (error == null) {
            return response;
        }
        if (Objects.equals(error.code(), ErrorCodes.INTERNAL_ERROR)) {
            return invalidParams(request, error.message());
        }
        return error.data() instanceof String data
                ? JSONRPCResponse.error(request.id(), new JSONRPCError(error.code(), data))
                : response;
    }

    /** The SDK keeps the exception to itself: were it a fault of ours, this line is all that would show it. */
    private static JSONRPCResponse invalidParams(JSONRPCRequest request, @Nullable String reason) {
        String said = String.valueOf(reason).lines().findFirst().orElse("");
        log.warn(
                "{} is answered with invalid params, since the SDK says: {}",
                request.method(),
                said.substring(0, Math.min(said.length(), MAX_REASON)));
        String message = "params are not what MCP says they are for " + request.method();
        return JSONRPCResponse.error(request.id(), new JSONRPCError(ErrorCodes.INVALID_PARAMS, message));
    }
}
