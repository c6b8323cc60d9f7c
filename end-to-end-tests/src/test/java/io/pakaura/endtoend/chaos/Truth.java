package io.pakaura.endtoend.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.endtoend.system.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What PostgreSQL has.
 *
 * @param revisions of each user that has changed anything
 * @param tasks by user and id, in the form that events have
 */
record Truth(Map<String, Long> revisions, Map<String, Map<String, JsonNode>> tasks) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String REVISIONS = "SELECT user_id, revision FROM user_revisions WHERE user_id = ANY(?)";
    private static final String TASKS =
            """
            SELECT user_id, id::text, json_build_object(
                'id', id, 'title', title, 'description', description, 'completed', completed,
                'completed_at', to_char(completed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'priority', priority, 'due_date', due_date,
                'remind_at', to_char(remind_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'created_at', to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'revision', revision)::text
            FROM tasks WHERE user_id = ANY(?)
            """;

    static Truth of(PostgresServer database, Collection<String> users) {
        try (Connection connection = database.connect()) {
            return new Truth(revisions(connection, users), tasks(connection, users));
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Map<String, Long> revisions(Connection connection, Collection<String> users) throws SQLException {
        Map<String, Long> revisions = new HashMap<>();
        try (PreparedStatement query = query(connection, REVISIONS, users);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                revisions.put(row.getString(1), row.getLong(2));
            }
        }
        return revisions;
    }

    private static Map<String, Map<String, JsonNode>> tasks(Connection connection, Collection<String> users)
            throws SQLException, JsonProcessingException {
        Map<String, Map<String, JsonNode>> tasks = new HashMap<>();
        try (PreparedStatement query = query(connection, TASKS, users);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                tasks.computeIfAbsent(row.getString(1), user -> new HashMap<>())
                        .put(row.getString(2), MAPPER.readTree(row.getString(3)));
            }
        }
        return tasks;
    }

    private static PreparedStatement query(Connection connection, String sql, Collection<String> users)
            throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setArray(1, connection.createArrayOf("text", users.toArray()));
        return query;
    }

    Map<String, JsonNode> tasksOf(String user) {
        return tasks.getOrDefault(user, Map.of());
    }
}
