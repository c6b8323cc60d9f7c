package io.pakaura.endtoend.restart;

import io.pakaura.endtoend.system.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * What PostgreSQL has.
 *
 * @param revisions by user
 * @param tasks by user, and by id the revision that each was last changed at
 */
record Table(Map<String, Long> revisions, Map<String, Map<String, Long>> tasks) {

    static Table of(PostgresServer database) {
        Map<String, Long> revisions = new HashMap<>();
        Map<String, Map<String, Long>> tasks = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            ResultSet users = statement.executeQuery("SELECT user_id, revision FROM user_revisions");
            while (users.next()) {
                revisions.put(users.getString(1), users.getLong(2));
            }
            ResultSet rows = statement.executeQuery("SELECT user_id, id::text, revision FROM tasks");
            while (rows.next()) {
                tasks.computeIfAbsent(rows.getString(1), user -> new HashMap<>())
                        .put(rows.getString(2), rows.getLong(3));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return new Table(revisions, tasks);
    }

    long revisionOf(String user) {
        return revisions.getOrDefault(user, 0L);
    }

    Map<String, Long> tasksOf(String user) {
        return tasks.getOrDefault(user, Map.of());
    }
}
