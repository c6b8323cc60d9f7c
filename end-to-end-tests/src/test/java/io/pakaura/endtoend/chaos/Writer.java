package io.pakaura.endtoend.chaos;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Thinks up a user's writes: each changes something, if no other request of the user does it at the same moment. */
final class Writer {
    private static final List<String> PRIORITIES = List.of("none", "low", "medium", "high");

    private final String user;
    private final Random random;
    private final List<String> open = new ArrayList<>();
    private final List<String> completed = new ArrayList<>();
    private int count;

    Writer(String user, Random random) {
        this.user = user;
        this.random = random;
    }

    Write next() {
        count++;
        int dice = random.nextInt(100);
        if (open.isEmpty() || dice < 45) {
            return create();
        }
        if (dice < 75) {
            String id = open.get(random.nextInt(open.size()));
            return about(Write.Kind.PATCH, id, HttpMethod.PATCH, "", patch());
        }
        if (dice < 90) {
            String id = open.remove(random.nextInt(open.size()));
            completed.add(id);
            return about(Write.Kind.COMPLETE, id, HttpMethod.POST, "/complete", null);
        }
        if (dice < 98) {
            String id = open.remove(random.nextInt(open.size()));
            return about(Write.Kind.DELETE, id, HttpMethod.DELETE, "", null);
        }
        completed.clear();
        return new Write(Write.Kind.CLEAR, user, HttpMethod.DELETE, "/tasks?completed=true", null, null);
    }

    /** With an id of its own or without, with all fields or with one. */
    private Write create() {
        JsonObject task = new JsonObject().put("title", "task " + count);
        String id = random.nextBoolean() ? UUID.randomUUID().toString() : null;
        if (id != null) {
            task.put("id", id);
        }
        if (random.nextBoolean()) {
            task.put("description", "Zwölf Boxkämpfer ✓ 😀 " + random.nextLong())
                    .put("priority", PRIORITIES.get(random.nextInt(PRIORITIES.size())))
                    .put("due_date", "2027-01-%02d".formatted(1 + random.nextInt(28)))
                    .put("remind_at", "2027-01-01T%02d:00:00+01:00".formatted(random.nextInt(24)));
        }
        return new Write(Write.Kind.CREATE, user, HttpMethod.POST, "/tasks", id, task.encode());
    }

    private String patch() {
        JsonObject patch = new JsonObject().put("title", "renamed " + count);
        if (random.nextBoolean()) {
            patch.put("priority", PRIORITIES.get(random.nextInt(PRIORITIES.size())));
            patch.putNull("description");
        }
        return patch.encode();
    }

    private Write about(Write.Kind kind, String id, HttpMethod method, String suffix, String body) {
        return new Write(kind, user, method, "/tasks/" + id + suffix, id, body);
    }

    void created(String id) {
        open.add(id);
    }
}
