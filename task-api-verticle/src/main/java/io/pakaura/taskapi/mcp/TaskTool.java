package io.pakaura.taskapi.mcp;

import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.Locale;

/** The tools, each the twin of an operation of the contract. Their names are fixed; their descriptions are for models. */
enum TaskTool {
    ADD_TASK(
            "createTask",
            "Task",
            "Add a task",
            Effect.ADDS,
            """
            Adds a task to the user's list and returns it with its id. Use it for whatever the user wants to remember or \
            to get done. Put a day into due_date and a time of day into remind_at, not into the title. Give an id of \
            your own (a new UUID) only if you may have to repeat the call: the same id twice is one task."""),

    UPDATE_TASK(
            "updateTask",
            "Task",
            "Change a task",
            Effect.OVERWRITES,
            """
            Changes fields of one task and returns it. Fields that you leave out stay as they are; null removes \
            description, due_date or remind_at, and without a due_date there is no remind_at either. Take the id from \
            list_tasks. To complete or reopen a task, use complete_task or uncomplete_task."""),

    COMPLETE_TASK(
            "completeTask",
            "Task",
            "Complete a task",
            Effect.SWITCHES,
            """
            Marks a task as done and returns it. Use it when the user says that something is finished. Take the id from \
            list_tasks. A task that is done already stays as it is. uncomplete_task takes it back."""),

    UNCOMPLETE_TASK(
            "uncompleteTask",
            "Task",
            "Reopen a task",
            Effect.SWITCHES,
            """
            Marks a completed task as not done and returns it. Take the id from list_tasks. A task that is open already \
            stays as it is."""),

    DELETE_TASK(
            "deleteTask",
            "DeletedTask",
            "Delete a task",
            Effect.OVERWRITES,
            """
            Deletes one task for good; nothing brings it back. Use it only when the user wants the task gone: one that \
            is done is completed with complete_task. Take the id from list_tasks."""),

    CLEAR_COMPLETED(
            "clearCompleted",
            "Cleared",
            "Delete all completed tasks",
            Effect.OVERWRITES,
            """
            Deletes all completed tasks of the user for good and returns how many there were. Tasks that are open stay."""),

    LIST_TASKS(
            "listTasks",
            "TaskPage",
            "List tasks",
            Effect.READS,
            """
            Returns the user's tasks, oldest first unless sort says otherwise. Use it to answer questions about tasks, \
            and to find the id of a task before you change it. Filters narrow it down and can be combined: for what is \
            due this week set completed to false, due_after to the day before it and due_before to the day after it. \
            If next_cursor isn't null there is more: call again with it as cursor and the same filters and sort.""");

    /** What a call does to the user's tasks: the hints of MCP, which no client may rely on. */
    private enum Effect {
        READS(true, false, true),
        ADDS(false, false, false),
        SWITCHES(false, false, true),
        OVERWRITES(false, true, true);

        private final boolean readOnly;
        private final boolean destructive;
        private final boolean idempotent;

        Effect(boolean readOnly, boolean destructive, boolean idempotent) {
            this.readOnly = readOnly;
            this.destructive = destructive;
            this.idempotent = idempotent;
        }
    }

    private final String operation;
    private final String output;
    private final String title;
    private final Effect effect;
    private final String description;

    TaskTool(String operation, String output, String title, Effect effect, String description) {
        this.operation = operation;
        this.output = output;
        this.title = title;
        this.effect = effect;
        this.description = description;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Id of the operation whose input it takes. */
    String operation() {
        return operation;
    }

    /** The contract's component that it returns. */
    String output() {
        return output;
    }

    String description() {
        return description;
    }

    ToolAnnotations annotations() {
        return ToolAnnotations.builder()
                .title(title)
                .readOnlyHint(effect.readOnly)
                .destructiveHint(effect.destructive)
                .idempotentHint(effect.idempotent)
                .openWorldHint(false)
                .build();
    }
}
