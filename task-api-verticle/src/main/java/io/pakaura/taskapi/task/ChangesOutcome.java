package io.pakaura.taskapi.task;

import java.util.List;
import java.util.UUID;

/** What has changed since a revision. */
public sealed interface ChangesOutcome {

    /**
     * A page of the delta, one snapshot, in the order of revisions.
     *
     * @param sync revision: up to which the page tells everything; the user's own if nothing follows
     */
    record Page(SyncPoint sync, List<Task> tasks, List<DeletedTask> deleted, boolean hasMore)
            implements ChangesOutcome {}

    /** The delta from there cannot be told: it was forgotten, or has not happened. The client must reload. */
    record Gone(SyncPoint sync) implements ChangesOutcome {}

    /** A task that is no more. */
    record DeletedTask(UUID id, long revision) {}
}
