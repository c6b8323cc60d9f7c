package io.pakaura.taskapi.task;

import java.time.Instant;
import java.time.LocalDate;

/** What a patch sets; the rest stays. Removing the due date removes the reminder with it, unless the patch sets one. */
public record TaskPatch(
        Field<String> title,
        Field<String> description,
        Field<Boolean> completed,
        Field<Priority> priority,
        Field<LocalDate> dueDate,
        Field<Instant> remindAt) {

    /** Sets {@code completed} and nothing else. */
    public static TaskPatch completion(boolean completed) {
        return new TaskPatch(
                Field.unset(), Field.unset(), Field.of(completed), Field.unset(), Field.unset(), Field.unset());
    }
}
