package io.pakaura.taskapi.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.pakaura.taskapi.http.Contract;
import io.pakaura.taskapi.http.Contract.Operation;
import io.pakaura.taskapi.task.TaskService;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Calls one tool. Whatever goes wrong is a result too, which a model can read and act on. */
final class ToolHandler {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final TaskTool tool;
    private final ToolInput input;
    private final ToolCalls calls;

    private ToolHandler(TaskTool tool, ToolInput input, ToolCalls calls) {
        this.tool = tool;
        this.input = input;
        this.calls = calls;
    }

    static List<AsyncToolSpecification> all(Contract contract, TaskService tasks) {
        ToolCalls calls = new ToolCalls(tasks);
        return Stream.of(TaskTool.values())
                .map(tool -> specification(contract, tool, calls))
                .toList();
    }

    private static AsyncToolSpecification specification(Contract contract, TaskTool tool, ToolCalls calls) {
        Operation operation = contract.operations().stream()
                .filter(candidate -> candidate.id().equals(tool.operation()))
                .findFirst()
                .orElseThrow();
        ToolInput input = new ToolInput(contract, operation);
        Tool description = Tool.builder(tool.wireName(), input.published())
                .title(tool.annotations().title())
                .description(tool.description())
                .outputSchema(Schemas.published(new Schemas(contract.document()).component(tool.output())))
                .annotations(tool.annotations())
                .build();
        ToolHandler handler = new ToolHandler(tool, input, calls);
        return new AsyncToolSpecification(description, handler::call);
    }

    private Mono<CallToolResult> call(McpTransportContext context, CallToolRequest request) {
        Call call = EventLoopTransport.call(context);
        Map<String, Object> arguments = request.arguments() == null ? Map.of() : request.arguments();
        return Mono.fromCompletionStage(() -> Future.succeededFuture(MAPPER.<ObjectNode>valueToTree(arguments))
                .map(input::read)
                .compose(valid -> calls.call(tool, call, valid))
                .map(body -> ToolResults.done(body))
                .otherwise(failure -> ToolResults.failed(tool, call.caller(), failure))
                .toCompletionStage());
    }
}
