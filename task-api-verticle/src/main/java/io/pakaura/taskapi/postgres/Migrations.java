package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.DatabaseConfig;
import org.flywaydb.core.Flyway;

/** Brings the database's schema up to date. Several processes may start at once: Flyway lets one through. */
public final class Migrations {
    private static final String[] LOCATIONS = {
        "classpath:io/pakaura/publisher/migrations", "classpath:io/pakaura/taskapi/migrations"
    };

    private Migrations() {}

    /**
     * Migrates. Blocks: never on an event loop.
     *
     * @throws org.flywaydb.core.api.FlywayException if the database cannot be reached or refuses
     */
    public static void migrate(DatabaseConfig config) {
        var unused = Flyway.configure()
                .dataSource(config.jdbcUrl(), config.user(), config.password())
                .locations(LOCATIONS)
                .load()
                .migrate();
    }
}
