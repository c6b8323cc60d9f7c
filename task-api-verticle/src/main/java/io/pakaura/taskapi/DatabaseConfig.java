package io.pakaura.taskapi;

import io.pakaura.service.Settings;
import io.vertx.pgclient.PgConnectOptions;

/**
 * Where the database is.
 *
 * @param poolSize connections of this process
 */
public record DatabaseConfig(String host, int port, String database, String user, String password, int poolSize) {

    /** {@code DATABASE_URL}, {@code DATABASE_POOL_SIZE}. */
    static DatabaseConfig read(Settings settings) {
        int poolSize = settings.number("DATABASE_POOL_SIZE", 16, 1, 1_000);
        String url = settings.required("DATABASE_URL", "postgresql://user:password@host:port/db");
        DatabaseConfig nowhere = new DatabaseConfig("", 0, "", "", "", poolSize);
        return url.isEmpty()
                ? nowhere
                : settings.parsed(
                        "DATABASE_URL",
                        nowhere,
                        "must be of the form postgresql://user:password@host:port/db",
                        value -> parse(value, poolSize));
    }

    private static DatabaseConfig parse(String url, int poolSize) {
        if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
            throw new IllegalArgumentException();
        }
        PgConnectOptions options = PgConnectOptions.fromUri(url);
        return new DatabaseConfig(
                options.getHost(),
                options.getPort(),
                options.getDatabase(),
                options.getUser(),
                options.getPassword() == null ? "" : options.getPassword(),
                poolSize);
    }

    /** For the migrations. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    PgConnectOptions connectOptions() {
        return new PgConnectOptions()
                .setHost(host)
                .setPort(port)
                .setDatabase(database)
                .setUser(user)
                .setPassword(password)
                .setCachePreparedStatements(true);
    }

    /** Never prints the password. */
    @Override
    public String toString() {
        return "DatabaseConfig[" + user + "@" + host + ":" + port + "/" + database + ", poolSize=" + poolSize + "]";
    }
}
