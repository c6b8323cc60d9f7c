/**
 * MCP: what AI assistants call. {@link io.pakaura.taskapi.mcp.McpEndpoint} takes the messages of {@code POST /mcp} and
 * hands the requests among them, through {@link io.pakaura.taskapi.mcp.EventLoopTransport}, to the official SDK's
 * stateless server. That finds the tool; {@link io.pakaura.taskapi.mcp.ToolHandler} checks its arguments by {@link
 * io.pakaura.taskapi.mcp.ToolInput}, which is made of the contract's own schemas, and {@link
 * io.pakaura.taskapi.mcp.ToolCalls} does what REST would do, by {@link io.pakaura.taskapi.http.TaskRequests}. All of it happens on the caller's event loop.
 */
@NullMarked
package io.pakaura.taskapi.mcp;

import org.jspecify.annotations.NullMarked;
