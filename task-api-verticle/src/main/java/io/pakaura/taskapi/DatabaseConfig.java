package io.pakaura.taskapi;

import io.pakaura.service.Settings;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Where the database is.
 *
 * @param encrypted whether the connection must be: {@code sslmode=require}
 * @param poolSize connections of this process
 */
public record DatabaseConfig(
        String host, int port, String database, String user, String password, boolean encrypted, int poolSize) {
    private static final String FORM = "must be of the form postgresql://user:password@host:port/db, "
            + "with ?sslmode=disable or ?sslmode=require at the end or nothing";
    private static final int DEFAULT_PORT = 5432;
    private static final String STATEMENT_TIMEOUT_MS = "2500";

    /** {@code DATABASE_URL}, {@code DATABASE_POOL_SIZE}. */
    static DatabaseConfig read(Settings settings) {
        int poolSize = settings.number("DATABASE_POOL_SIZE", 16, 1, 1_000);
        String url = settings.required("DATABASE_URL", "postgresql://user:password@host:port/db");
        DatabaseConfig nowhere = new DatabaseConfig("", 0, "", "", "", false, poolSize);
        return url.isEmpty()
                ? nowhere
                : settings.parsed("DATABASE_URL", nowhere, FORM, value -> parse(URI.create(value), poolSize));
    }

    private static DatabaseConfig parse(URI url, int poolSize) {
        String[] credentials = String.valueOf(url.getRawUserInfo()).split(":", 2);
        String query = url.getRawQuery() == null ? "sslmode=disable" : url.getRawQuery();
        String database = String.valueOf(url.getRawPath()).replaceFirst("^/", "");
        if (!List.of("postgresql", "postgres").contains(url.getScheme())
                || !List.of("sslmode=disable", "sslmode=require").contains(query)
                || url.getHost() == null
                || url.getRawUserInfo() == null
                || database.isEmpty()) {
            throw new IllegalArgumentException();
        }
        return new DatabaseConfig(
                url.getHost(),
                url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
                decoded(database),
                decoded(credentials[0]),
                credentials.length < 2 ? "" : decoded(credentials[1]),
                query.endsWith("require"),
                poolSize);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** For the migrations. */
    public String jdbcUrl() {
        String database = URLEncoder.encode(this.database, StandardCharsets.UTF_8);
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?sslmode="
                + (encrypted ? "require" : "disable");
    }

    /**
     * Every session speaks UTC, whatever the server's own time zone is, gives up statements that nobody waits for, and goes
     * by an index wherever there is one: a plan that was made while a table was all but empty is kept when it is not. What
     * no index serves looks expensive then, and would be compiled each time (JIT), for longer than it runs.
     */
    PgConnectOptions connectOptions() {
        PgConnectOptions options = new PgConnectOptions()
                .setHost(host.replaceAll("^\\[|]$", ""))
                .setPort(port)
                .setDatabase(database)
                .setUser(user)
                .setPassword(password)
                .setProperties(Map.of(
                        "TimeZone",
                        "UTC",
                        "statement_timeout",
                        STATEMENT_TIMEOUT_MS,
                        "enable_seqscan",
                        "off",
                        "jit",
                        "off"))
                .setCachePreparedStatements(true)
                // Whatever their length: over 2048 characters they would be planned anew each time, for milliseconds.
                .setPreparedStatementCacheSqlFilter(statement -> true);
        return encrypted
                ? options.setSslMode(SslMode.REQUIRE).setSslOptions(new ClientSSLOptions().setTrustAll(true))
                : options;
    }

    /** Never prints the password. */
    @Override
    public String toString() {
        return "DatabaseConfig[" + user + "@" + host + ":" + port + "/" + database + ", poolSize=" + poolSize + "]";
    }
}
