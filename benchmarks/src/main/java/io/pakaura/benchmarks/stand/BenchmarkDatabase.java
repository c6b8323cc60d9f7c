package io.pakaura.benchmarks.stand;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A PostgreSQL of the benchmark's own, as durable as in production. Blocking I/O; gone after close. */
public final class BenchmarkDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private BenchmarkDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    public static BenchmarkDatabase start() throws IOException {
        Logger.getLogger("io.zonky").setLevel(Level.WARNING);
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
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            var unused = statement.execute(sql);
        }
    }

    /** The one value that a query gives. */
    public String value(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
