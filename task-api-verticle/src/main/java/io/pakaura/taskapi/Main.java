package io.pakaura.taskapi;

import io.pakaura.publisher.dapr.SidecarSecrets;
import io.pakaura.service.Launcher;
import io.pakaura.service.Settings;
import io.pakaura.taskapi.postgres.SyncEpoch;
import java.sql.SQLException;
import java.util.Map;

/** The task API as a process of its own, configured by environment variables. */
public final class Main {
    private static final long CLOSE_SECONDS = 15;
    private static final int BAD_USAGE = 2;
    private static final String ROTATE_EPOCH = "rotate-epoch";

    private Main() {}

    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        try (SidecarSecrets secrets = new SidecarSecrets(environment)) {
            run(String.join(" ", args), new Settings(environment, secrets::read));
        }
    }

    private static void run(String command, Settings settings) {
        switch (command) {
            case "" -> Launcher.run("task-api", settings, TaskApiConfig::read, TaskApi::start, CLOSE_SECONDS);
            case ROTATE_EPOCH -> Launcher.once(ROTATE_EPOCH, settings, Main::database, Main::rotateEpoch);
            default -> {
                System.err.println("usage: java -jar task-api-verticle.jar [" + ROTATE_EPOCH + "]");
                System.exit(BAD_USAGE);
            }
        }
    }

    private static DatabaseConfig database(Settings settings) {
        DatabaseConfig database = DatabaseConfig.read(settings);
        return settings.build(() -> database);
    }

    private static String rotateEpoch(DatabaseConfig database) throws SQLException {
        return "The epoch is " + SyncEpoch.rotate(database) + " now: every client reloads when it meets it.";
    }
}
