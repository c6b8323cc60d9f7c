package io.pakaura.endtoend.chaos;

import io.pakaura.endtoend.system.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL and a busy machine do to anybody: a small commit {@value #PER_SECOND} times a second, on a connection that
 * no API has, timed from when it was due.
 */
final class Control implements AutoCloseable {
    private static final int PER_SECOND = 50;

    private final PostgresServer database;
    private final ScheduledExecutorService committing = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Timed> commits = new ConcurrentLinkedQueue<>();
    private final long interval = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private long due = System.nanoTime();
    private @Nullable Connection connection;

    Control(PostgresServer database) {
        this.database = database;
        var unused = committing.scheduleAtFixedRate(this::commit, 0, interval, TimeUnit.NANOSECONDS);
    }

    private void commit() {
        try {
            Connection connected = connection == null ? prepare() : connection;
            try (Statement statement = connected.createStatement()) {
                statement.executeUpdate("UPDATE chaos_control SET commits = commits + 1");
            }
            commits.add(new Timed(due, System.nanoTime() - due));
        } catch (SQLException away) {
            connection = null;
        }
        due += interval;
    }

    private Connection prepare() throws SQLException {
        Connection connected = database.connect();
        try (Statement statement = connected.createStatement()) {
            statement.executeUpdate("CREATE TABLE IF NOT EXISTS chaos_control (commits bigint NOT NULL)");
            statement.executeUpdate("INSERT INTO chaos_control VALUES (0)");
        }
        connection = connected;
        return connected;
    }

    List<Timed> commits() {
        return List.copyOf(commits);
    }

    @Override
    public void close() {
        committing.shutdown();
        try {
            committing.awaitTermination(5, TimeUnit.SECONDS);
            if (connection != null) {
                connection.close();
            }
        } catch (InterruptedException | SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
