package io.pakaura.endtoend.system;

import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.ChildProcess;
import io.pakaura.publisher.testing.Ports;
import io.pakaura.publisher.testing.Watchdog;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL that keeps what it has committed, and has the same data and port whenever it is started. */
public final class PostgresServer implements AutoCloseable {
    private static final int LOG_TAIL_LINES = 20;
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private final File log;
    private EmbeddedPostgres server;

    private PostgresServer(Path directory, int port, File log) {
        this.directory = directory;
        this.port = port;
        this.log = log;
        server = launch();
    }

    static PostgresServer start() {
        try {
            Path logs = Files.createDirectories(Path.of("target", "processes"));
            return new PostgresServer(
                    ChildProcess.temporaryDirectory("postgres"),
                    Ports.free(),
                    Files.createTempFile(logs, "postgres-", ".log").toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private EmbeddedPostgres launch() {
        try {
            EmbeddedPostgres launched = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(directory.resolve("data"))
                    .setCleanDataDirectory(false)
                    // These binaries start without durability unless told otherwise.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "100")
                    .setOutputRedirector(Redirect.appendTo(log))
                    .setErrorRedirector(Redirect.appendTo(log))
                    .setPGStartupWait(START_PATIENCE)
                    .start();
            Watchdog.watch(postmaster());
            return launched;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ProcessHandle postmaster() {
        try (Stream<String> lines = Files.lines(directory.resolve("data").resolve("postmaster.pid"))) {
            return ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow()))
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As {@code DATABASE_URL} takes it. */
    public String url() {
        return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&connectTimeout=2&socketTimeout=20");
    }

    /** A fast shutdown: sessions are ended in the middle of what they do. Returns when it is down. */
    public void stop() {
        ProcessHandle postmaster = postmaster();
        close(server);
        Await.until(() -> !postmaster.isAlive());
    }

    /** SIGKILL to the postmaster, whose children end when they notice. Returns when all are gone. */
    public void kill() {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        postmaster.destroyForcibly();
        Await.until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        close(server);
    }

    /** After an end of either kind; returns when it takes connections. */
    public void startAgain() {
        server = launch();
    }

    void ensureRunning() {
        try (Connection connection = connect()) {
            connection.isValid(1);
        } catch (SQLException away) {
            close(server);
            startAgain();
        }
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log.toPath());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        close(server);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
