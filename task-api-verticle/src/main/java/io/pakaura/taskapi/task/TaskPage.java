package io.pakaura.taskapi.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of tasks, one snapshot together with the user's revision.
 *
 * @param next where the next page begins, {@code null} on the last
 */
public record TaskPage(
        SyncPoint sync, List<Task> tasks, @Nullable PageKey next) {}
