package io.pakaura.taskapi.task;

import java.util.UUID;

/**
 * Where a user's changes stand.
 *
 * @param epoch of the database; another one means that revisions seen before say nothing
 * @param revision the user's, 0 before the first change
 */
public record SyncPoint(UUID epoch, long revision) {}
