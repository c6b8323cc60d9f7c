package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.DatabaseConfig;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * The name of the history that revisions count. A database that was restored from a backup has another one than its
 * clients remember: the same numbers would mean other changes, so it needs another name.
 */
public final class SyncEpoch {
    private SyncEpoch() {}

    /** The name as it is now. */
    public static Future<UUID> current(Pool pool) {
        return pool.preparedQuery("SELECT epoch FROM sync_epoch WHERE singleton")
                .execute()
                .map(rows -> rows.iterator().next().getUUID(0));
    }

    /**
     * Gives the history a new name. Running services tell it from their next answer on. Blocks: never on an event loop.
     *
     * @throws SQLException if the database cannot be reached, or has no tables yet
     */
    public static UUID rotate(DatabaseConfig config) throws SQLException {
        try (Connection connection = DriverManager.getConnection(config.jdbcUrl(), config.user(), config.password());
                Statement statement = connection.createStatement();
                ResultSet rotated =
                        statement.executeQuery("UPDATE sync_epoch SET epoch = gen_random_uuid() RETURNING epoch")) {
            if (!rotated.next()) {
                throw new SQLException("sync_epoch has no row");
            }
            return rotated.getObject(1, UUID.class);
        }
    }
}
