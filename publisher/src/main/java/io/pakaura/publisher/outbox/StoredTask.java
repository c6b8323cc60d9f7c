package io.pakaura.publisher.outbox;

import io.pakaura.publisher.event.EventJson;
import io.pakaura.publisher.event.TaskState;

/** A task of an outbox row: as the table has it, or as whoever wrote the row knew it. */
sealed interface StoredTask {

    /**
     * The task.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    TaskState state();

    /** About what it takes in memory. */
    int bytes();

    /** JSON from the table, read only when it is needed. */
    record Json(String text) implements StoredTask {
        @Override
        public TaskState state() {
            return EventJson.taskState(text);
        }

        @Override
        public int bytes() {
            return 2 * text.length();
        }
    }

    /** Known already. */
    record Known(TaskState state) implements StoredTask {
        private static final int OTHER_FIELDS = 256;

        @Override
        public int bytes() {
            return OTHER_FIELDS + 2 * state.textLength();
        }
    }
}
