package io.pakaura.taskapi.task;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's tasks.
 *
 * @param after the last task of the page before, or {@code null} for the first page
 * @param limit at most so many
 */
public record TaskQuery(Filter filter, Sort sort, @Nullable PageKey after, int limit) {

    /**
     * Which tasks. What is {@code null} does not filter.
     *
     * @param dueBefore due on an earlier day
     * @param dueAfter due on a later day
     * @param text a part of the title or the description, letter case aside
     */
    public record Filter(
            @Nullable Boolean completed,
            @Nullable LocalDate dueBefore,
            @Nullable LocalDate dueAfter,
            @Nullable String text) {}

    /** By which column. */
    public enum SortColumn {
        ID,
        CREATED_AT,
        DUE_DATE
    }

    /** In which order; ties are settled by id. Tasks without a due date come last either way. */
    public record Sort(SortColumn column, boolean descending) {}
}
