package io.pakaura.taskapi.task;

/** How many completed tasks were deleted, and where the user's changes stand after it. */
public record Cleared(long deleted, SyncPoint sync) {}
