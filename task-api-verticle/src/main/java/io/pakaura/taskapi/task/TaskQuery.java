package io.pakaura.taskapi.task;

import org.jspecify.annotations.Nullable;

/**
 * A page of a user's tasks.
 *
 * @param completed only such tasks, or {@code null} for all
 * @param after the last task of the page before, or {@code null} for the first page
 * @param limit at most so many
 */
public record TaskQuery(
        @Nullable Boolean completed, Sort sort, @Nullable PageKey after, int limit) {

    /** By which column. */
    public enum SortColumn {
        ID,
        CREATED_AT
    }

    /** In which order; ties are settled by id. */
    public record Sort(SortColumn column, boolean descending) {}
}
