package io.pakaura.taskapi.postgres;

/**
 * The columns of a task, by name. Never {@code *}: while a newer version adds a column to the table, the statements of this
 * one must go on giving what they gave.
 */
final class TaskColumns {
    private static final String PLACEHOLDER = "{tasks}";
    private static final String COLUMNS =
            """
            tasks.user_id, tasks.id, tasks.title, tasks.description, tasks.completed, tasks.completed_at, \
            tasks.priority, tasks.due_date, tasks.remind_at, tasks.created_at, tasks.updated_at, tasks.revision""";

    private TaskColumns() {}

    /** Puts them into a statement, in place of <code>{tasks}</code>. */
    static String in(String statement) {
        return statement.replace(PLACEHOLDER, COLUMNS);
    }
}
