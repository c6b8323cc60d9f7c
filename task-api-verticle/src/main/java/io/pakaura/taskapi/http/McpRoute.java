package io.pakaura.taskapi.http;

import io.pakaura.taskapi.task.Caller;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** MCP's streamable HTTP, for a server that has nothing to stream: a message comes by POST and is answered by JSON. */
final class McpRoute {
    static final String PATH = "/mcp";

    private final MessageHandler mcp;
    private final UnreadPages pages;

    McpRoute(MessageHandler mcp, UnreadPages pages) {
        this.mcp = mcp;
        this.pages = pages;
    }

    /** By its id in the contract. */
    Map<String, OperationHandler> operations() {
        return Map.of("mcp", this::serve);
    }

    private Future<Void> serve(RoutingContext context, ValidRequest request) {
        Caller caller = Authentication.caller(context);
        HttpServerResponse response = context.response();
        return mcp.answer(caller, request.body(), sync -> Responses.sync(context, sync))
                .compose(answer -> answer.isPresent()
                        ? pages.end(
                                response.putHeader(HttpHeaders.CONTENT_TYPE, Responses.JSON),
                                caller.user(),
                                answer.get())
                        : response.setStatusCode(202).end());
    }
}
