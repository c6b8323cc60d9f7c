package io.pakaura.taskapi.mcp;

import io.pakaura.taskapi.task.Caller;
import io.pakaura.taskapi.task.SyncPoint;
import java.util.function.Consumer;

/**
 * What a tool knows of the message that calls it.
 *
 * @param caller on whose behalf
 * @param changed is told where the user's changes stand, by a tool that may have made one
 */
record Call(Caller caller, Consumer<SyncPoint> changed) {}
