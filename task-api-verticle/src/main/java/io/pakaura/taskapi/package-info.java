/**
 * The task API: tasks over REST, and the same over MCP. {@code http} reads a request and checks it against the contract,
 * {@code mcp} makes tools for AI assistants of the contract's operations, {@code task} holds what may be done, {@code
 * postgres} does it in one statement together with the outbox row that the publisher then relays.
 * {@link io.pakaura.taskapi.TaskApi} puts the parts together.
 */
@NullMarked
package io.pakaura.taskapi;

import org.jspecify.annotations.NullMarked;
