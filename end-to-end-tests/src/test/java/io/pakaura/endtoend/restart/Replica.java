package io.pakaura.endtoend.restart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a client has of its user's tasks, kept by the rules of the sync protocol: each revision in its turn, or by a delta. */
final class Replica {
    private final Map<String, Long> tasks = new HashMap<>();
    private final TreeMap<Long, Change> held = new TreeMap<>();
    private long last;
    private boolean isFetching;

    /** Up to here it has everything. */
    long last() {
        return last;
    }

    /** The revision at which each task was last changed, which tells its content, too. */
    Map<String, Long> tasks() {
        return Map.copyOf(tasks);
    }

    /** Whether something is missing before what it holds. */
    boolean hasGap() {
        return !isFetching && !held.isEmpty();
    }

    void offer(Change change) {
        if (change.revision() > last) {
            held.put(change.revision(), change);
            applyInTurn();
        }
    }

    /** A delta is on its way: what arrives meanwhile is held. */
    void beginDelta() {
        isFetching = true;
    }

    /** Another page may follow. */
    void applyPage(JsonNode page) {
        page.get("tasks")
                .forEach(task ->
                        tasks.put(task.get("id").asText(), task.get("revision").asLong()));
        page.get("deleted").forEach(task -> tasks.remove(task.get("id").asText()));
        last = page.get("revision").asLong();
    }

    /** There is no more of it, or it failed. */
    void endDelta() {
        isFetching = false;
        held.headMap(last, true).clear();
        applyInTurn();
    }

    private void applyInTurn() {
        while (!isFetching && held.containsKey(last + 1)) {
            Change next = held.remove(last + 1);
            last = next.revision();
            if (next.isDeletion()) {
                tasks.remove(next.taskId());
            } else {
                tasks.put(next.taskId(), next.revision());
            }
        }
    }
}
