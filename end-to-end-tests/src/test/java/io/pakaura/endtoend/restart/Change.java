package io.pakaura.endtoend.restart;

import com.fasterxml.jackson.databind.JsonNode;

/** A step of a user's history: a task has this revision now, or is gone. */
record Change(long revision, String taskId, boolean isDeletion) {

    /** @param data of a {@code sync.task} */
    static Change of(JsonNode data) {
        return new Change(
                data.get("revision").asLong(),
                data.get("task_id").asText(),
                data.get("action").asText().equals("deleted"));
    }
}
