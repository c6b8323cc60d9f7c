package io.pakaura.endtoend.chaos;

import io.pakaura.endtoend.system.PostgresServer;
import io.pakaura.publisher.testing.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at the outbox a few times a second, as far as the database lets it. */
final class OutboxWatch implements AutoCloseable {
    private static final long INTERVAL_MS = 200;

    private final PostgresServer database;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong looks = new AtomicLong();
    private volatile long depth;
    private volatile long maxDepth;
    private volatile double maxAgeSeconds;

    OutboxWatch(PostgresServer database) {
        this.database = database;
        var unused = looking.scheduleWithFixedDelay(this::look, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*), coalesce(extract(epoch FROM now() - min(changed_at)), 0) FROM outbox")) {
            row.next();
            depth = row.getLong(1);
            maxDepth = Math.max(maxDepth, depth);
            maxAgeSeconds = Math.max(maxAgeSeconds, row.getDouble(2));
            looks.incrementAndGet();
        } catch (SQLException away) {
            depth = Long.MAX_VALUE; // Unknown, so not empty.
        }
    }

    /** Whether it is empty within the time. */
    boolean awaitEmpty(Duration patience) {
        long before = looks.get() + 1;
        try {
            Await.until(patience, () -> looks.get() > before && depth == 0);
            return true;
        } catch (AssertionError late) {
            return false;
        }
    }

    long maxDepth() {
        return maxDepth;
    }

    double maxAgeSeconds() {
        return maxAgeSeconds;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
