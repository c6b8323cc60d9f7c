package io.pakaura.taskapi.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.pakaura.publisher.event.EventJson;
import io.pakaura.taskapi.http.ProblemException;
import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.StoreUnavailableException;
import io.pakaura.taskapi.task.UserBusyException;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came of a call, for programs and for models. */
final class ToolResults {
    private static final Logger log = LoggerFactory.getLogger(ToolResults.class);
    /** As REST writes it. */
    private static final ObjectMapper MAPPER = EventJson.newMapper();

    private ToolResults() {}

    /** The same JSON twice: models are often shown the text alone. */
    static CallToolResult done(Object body) {
        JsonNode json = MAPPER.valueToTree(body);
        return CallToolResult.builder(
                        List.of(TextContent.builder(json.toString()).build()))
                .structuredContent(json)
                .build();
    }

    static CallToolResult failed(TaskTool tool, Caller caller, Throwable failure) {
        return CallToolResult.builder(List.of(
                        TextContent.builder(reason(tool, caller, failure)).build()))
                .isError(true)
                .build();
    }

    private static String reason(TaskTool tool, Caller caller, Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return reason(problem);
        }
        if (failure instanceof StoreUnavailableException unavailable) {
            log.debug("answered as unavailable: {}", unavailable.getMessage());
            return "The service cannot do this just now, and whether anything changed is not known: "
                    + "wait a few seconds, then look with list_tasks and try again.";
        }
        if (failure instanceof UserBusyException) {
            return "Too many requests of the user are under way, and this one did not begin: "
                    + "wait a few seconds and try again.";
        }
        log.error("the tool {} failed", tool.wireName(), failure);
        return "Something went wrong on our side; the log has more under the correlation id " + caller.correlationId();
    }

    private static String reason(ProblemException problem) {
        return switch (problem.type()) {
            case NOT_FOUND, GONE -> "id: " + problem.getMessage();
            case STALE ->
                ToolInput.IF_REVISION + ": the task has changed since, " + problem.getMessage()
                        + ": read it again with list_tasks";
            default ->
                problem.errors().stream()
                        .map(error -> error.field() + ": " + error.reason())
                        .collect(Collectors.joining("\n"));
        };
    }
}
