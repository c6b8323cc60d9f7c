package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.task.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs statements, and tells a database that cannot be reached from one that refuses. */
record Database(Pool pool) {
    /** A statement takes some milliseconds; one that takes so long waits for a server that is not there. */
    private static final long PATIENCE_MS = 2_500;

    Future<RowSet<Row>> execute(String sql, Tuple values) {
        return pool.preparedQuery(sql)
                .execute(values)
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(classified(failure)));
    }

    private static Throwable classified(Throwable failure) {
        boolean unavailable = failure instanceof PgException refused
                ? isUnavailable(String.valueOf(refused.getSqlState()))
                : failure instanceof IOException
                        || failure instanceof TimeoutException
                        || failure instanceof VertxException;
        return unavailable ? new StoreUnavailableException(String.valueOf(failure.getMessage()), failure) : failure;
    }

    /**
     * Connection exception, insufficient resources, operator intervention (PostgreSQL, appendix A), and a server that is
     * there but takes no writes: a primary that was demoted, a database that is closed for now.
     */
    private static boolean isUnavailable(String sqlState) {
        return sqlState.startsWith("08")
                || sqlState.startsWith("53")
                || sqlState.startsWith("57")
                || sqlState.equals("25006")
                || sqlState.equals("55000");
    }
}
