package io.pakaura.benchmarks.stand;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A PostgreSQL of the benchmark's own, as durable as in production. Blocking I/O; gone after close. One thread. */
public final class BenchmarkDatabase implements AutoCloseable {
    private static final long POLL_MS = 10;

    private final EmbeddedPostgres postgres;
    private final Connection connection;

    private BenchmarkDatabase(EmbeddedPostgres postgres) throws SQLException {
        this.postgres = postgres;
        this.connection = postgres.getPostgresDatabase().getConnection();
    }

    public static BenchmarkDatabase start() throws IOException, SQLException {
        return new BenchmarkDatabase(EmbeddedPostgres.builder()
                // These binaries are made for tests, and start without durability unless told otherwise.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .setErrorRedirector(Redirect.DISCARD)
                .setOutputRedirector(Redirect.DISCARD)
                .start());
    }

    /** As {@code DATABASE_URL} takes it. */
    public String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            var unused = statement.execute(sql);
        }
    }

    /** The one value that a query gives. */
    public String value(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    /** Changes that some topic has not heard of. */
    public long outboxDepth() throws SQLException {
        return Long.parseLong(value("SELECT count(*) FROM outbox"));
    }

    /**
     * Waits until the outbox is empty.
     *
     * @return how long that took
     * @throws IllegalStateException if it is not within the patience
     */
    public Duration awaitEmptyOutbox(Duration patience) throws SQLException, InterruptedException {
        long begun = System.nanoTime();
        for (long depth = outboxDepth(); depth > 0; depth = outboxDepth()) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                throw new IllegalStateException("the outbox holds %d rows after %s".formatted(depth, patience));
            }
            Thread.sleep(POLL_MS);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() throws IOException, SQLException {
        connection.close();
        postgres.close();
    }
}
