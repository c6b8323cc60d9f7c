package io.pakaura.endtoend.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.endtoend.system.Topics.TopicEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The events of some users, as the topics have them: each change once, and what was wrong with its repeats. */
final class Published {
    /** A user's changes on one topic. */
    private record Feed(String topic, String user) {}

    private final Map<Feed, TreeMap<Long, JsonNode>> feeds = new HashMap<>();
    private final Map<String, JsonNode> byId = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private int count;
    private int repeats;

    static Published of(List<TopicEvent> events, Collection<String> users) {
        Published published = new Published();
        for (TopicEvent event : events) {
            if (users.contains(event.envelope().path("data").path("user_id").asText())) {
                published.add(event);
            }
        }
        return published;
    }

    private void add(TopicEvent event) {
        count++;
        JsonNode envelope = event.envelope();
        JsonNode data = envelope.get("data");
        JsonNode sameChange = feeds.computeIfAbsent(
                        new Feed(event.topic(), data.get("user_id").asText()), feed -> new TreeMap<>())
                .putIfAbsent(data.get("revision").asLong(), envelope);
        JsonNode sameId = byId.putIfAbsent(envelope.get("id").asText(), envelope);
        if (sameChange != null) {
            repeats++;
        }
        if (sameChange != null && !sameChange.equals(envelope)) {
            contradictions.add("of one change:\n  " + sameChange + "\n  " + envelope);
        }
        if (sameId != null && !sameId.equals(envelope)) {
            contradictions.add("of one id:\n  " + sameId + "\n  " + envelope);
        }
    }

    /** All events, repeats included. */
    int count() {
        return count;
    }

    /** Events of changes that the topic had already. */
    int repeats() {
        return repeats;
    }

    /** Repeats that differ from what they repeat. */
    List<String> contradictions() {
        return contradictions;
    }

    /** A user's events on a topic, by revision. */
    Map<Long, JsonNode> feed(String topic, String user) {
        return feeds.getOrDefault(new Feed(topic, user), new TreeMap<>());
    }

    /** A user's tasks, rebuilt from nothing but the topic. */
    Map<String, JsonNode> rebuild(String topic, String user) {
        Map<String, JsonNode> tasks = new HashMap<>();
        for (JsonNode envelope : feed(topic, user).values()) {
            JsonNode data = envelope.get("data");
            String id = data.get("task_id").asText();
            if (data.has("task")) {
                tasks.put(id, data.get("task"));
            } else {
                tasks.remove(id);
            }
        }
        return tasks;
    }
}
