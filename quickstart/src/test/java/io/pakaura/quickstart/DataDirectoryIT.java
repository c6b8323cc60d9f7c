package io.pakaura.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real PostgreSQL: what the quickstart's folder keeps, and for whom. */
class DataDirectoryIT {
    @TempDir
    Path path;

    @Test
    void the_database_is_durable_and_survives_a_restart() throws Exception {
        DataDirectory directory = DataDirectory.open(path, false);
        EmbeddedDatabase first = EmbeddedDatabase.start(directory.database());
        assertThat(ask(first, "SHOW fsync")).isEqualTo("on");
        assertThat(ask(first, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(ask(first, "SHOW full_page_writes")).isEqualTo("on");
        execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        directory.markFinished();
        first.close();
        directory.close();

        directory = DataDirectory.open(path, false);
        EmbeddedDatabase second = EmbeddedDatabase.start(directory.database());
        assertThat(ask(second, "SELECT answer FROM kept")).isEqualTo("42");
        second.close();
        directory.close();
    }

    @Test
    void a_postgresql_that_outlived_its_quickstart_is_stopped() throws Exception {
        DataDirectory directory = DataDirectory.open(path, false);
        EmbeddedDatabase.start(directory.database());
        long pid = Long.parseLong(Files.readAllLines(directory.database().resolve("postmaster.pid"))
                .get(0));
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isPresent();
        directory.close();

        DataDirectory again = DataDirectory.open(path, false);

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        again.close();
    }

    @Test
    void a_number_left_in_the_pid_file_that_is_somebody_else_s_now_is_left_alone() throws Exception {
        Path other = path.resolve("other");
        EmbeddedDatabase somebodyElses = EmbeddedDatabase.start(other);
        String pid = Files.readAllLines(other.resolve("postmaster.pid")).get(0);
        Path ours = path.resolve("ours");
        Files.createDirectories(ours.resolve("postgres"));
        Files.writeString(ours.resolve("postgres/postmaster.pid"), pid + "\n" + ours.resolve("postgres") + "\n");

        DataDirectory.open(ours, false).close();

        assertThat(ask(somebodyElses, "SELECT 1")).isEqualTo("1");
        somebodyElses.close();
    }

    @Test
    void a_database_that_was_killed_while_it_was_made_is_made_anew() throws Exception {
        Files.createDirectories(path.resolve("postgres"));
        Files.writeString(path.resolve("postgres/PG_VERSION"), "17");
        Files.writeString(path.resolve("unfinished"), "");
        Files.writeString(path.resolve("postgres/postmaster.pid"), "\n");
        Files.writeString(path.resolve("jwt-secret"), "cut o");

        DataDirectory directory = DataDirectory.open(path, false);

        assertThat(directory.database()).doesNotExist();
        assertThat(directory.tokenSecret()).hasSize(64);
        directory.close();
    }

    @Test
    void a_folder_is_for_one_at_a_time() {
        DataDirectory directory = DataDirectory.open(path, false);

        assertThatThrownBy(() -> DataDirectory.open(path, true)).hasMessageContaining("another quickstart runs in");
        directory.close();
    }

    @Test
    void a_fresh_start_forgets_tasks_and_events_and_keeps_the_secret() throws Exception {
        DataDirectory directory = DataDirectory.open(path, false);
        String secret = directory.tokenSecret();
        for (Path folder : List.of(directory.database(), directory.topics())) {
            Files.createDirectories(folder.resolve("deep"));
            Files.writeString(folder.resolve("deep/file"), "x");
        }
        directory.close();

        DataDirectory fresh = DataDirectory.open(path, true);

        assertThat(fresh.database()).doesNotExist();
        assertThat(fresh.topics()).doesNotExist();
        assertThat(fresh.tokenSecret()).isEqualTo(secret).hasSize(64);
        fresh.close();
    }

    private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        String url = database.url().replace("postgresql://postgres:postgres@", "jdbc:postgresql://");
        return DriverManager.getConnection(url, "postgres", "postgres");
    }
}
