/**
 * Tasks and what may be done to them. {@link io.pakaura.taskapi.task.TaskService} is what REST and MCP call;
 * {@link io.pakaura.taskapi.task.TaskStore} is what a database must do. Every expected result is a
 * {@link io.pakaura.taskapi.task.TaskOutcome}; a failed future is a fault.
 */
@NullMarked
package io.pakaura.taskapi.task;

import org.jspecify.annotations.NullMarked;
