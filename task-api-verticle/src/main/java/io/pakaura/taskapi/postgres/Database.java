package io.pakaura.taskapi.postgres;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pakaura.service.Metrics;
import io.pakaura.taskapi.task.StoreUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs statements and measures them, and tells a database that cannot be reached from one that refuses. */
public final class Database {
    private static final Logger log = LoggerFactory.getLogger(Database.class);

    /** A statement takes some milliseconds; one that takes so long waits for a server that is not there. */
    static final Duration PATIENCE = Duration.ofMillis(2_500);

    /** Shorter, so that it is told whose fault it was. */
    private static final Duration TURN_PATIENCE = Duration.ofSeconds(2);

    /** So many users can run statements at once, whatever one of them asks for. */
    private static final int SHARES = 4;

    private static final Duration WARNING_INTERVAL = Duration.ofSeconds(10);

    private static final Duration[] BUCKETS = Metrics.buckets(1, 2, 5, 10, 20, 50, 100, 500, 2_500);

    private final Pool pool;
    private final FairShare share;
    private final Timer duration;
    /** Those that run, and those that wait for a connection. */
    private final AtomicInteger inFlight = new AtomicInteger();

    private final LongAdder failed = new LongAdder();
    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - WARNING_INTERVAL.toNanos());

    /** @param poolSize connections of the pool */
    public Database(Vertx vertx, Pool pool, int poolSize, MeterRegistry meters) {
        this.pool = pool;
        this.share = new FairShare(vertx, Math.max(1, poolSize / SHARES), TURN_PATIENCE);
        this.duration = Timer.builder("db.client.statements")
                .description("Statements of requests, the wait for a connection included")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
        Gauge.builder("db.client.connections", pool, Pool::size)
                .description("Open connections to PostgreSQL")
                .register(meters);
        Gauge.builder("db.client.statements.in.flight", inFlight, AtomicInteger::get)
                .description("Statements that run or wait for a connection")
                .register(meters);
    }

    /** @param user whose statement it is: all of a user's together get a share of the connections */
    Future<RowSet<Row>> execute(String user, String sql, Tuple values) {
        return execute(user, () -> run(sql, values));
    }

    /** The same for what a user's statement is a part of. */
    <T> Future<T> execute(String user, Supplier<Future<T>> statement) {
        return share.run(user, statement)
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(classified(failure)));
    }

    /** Runs a statement that is not one user's alone; its failure is not {@linkplain #execute classified}. */
    Future<RowSet<Row>> run(String sql, Tuple values) {
        long start = System.nanoTime();
        inFlight.incrementAndGet();
        return pool.preparedQuery(sql).execute(values).onComplete(done -> {
            inFlight.decrementAndGet();
            duration.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        });
    }

    private Throwable classified(Throwable failure) {
        if (!isUnavailable(failure)) {
            return failure;
        }
        String reason = String.valueOf(failure.getMessage());
        warn(reason);
        return new StoreUnavailableException(reason, failure);
    }

    /** Whether the statement found no database, or none that could run it; the statement itself may be well. */
    static boolean isUnavailable(Throwable failure) {
        return failure instanceof PgException refused
                ? isUnavailable(String.valueOf(refused.getSqlState()))
                : failure instanceof IOException
                        || failure instanceof TimeoutException
                        || failure instanceof VertxException;
    }

    /** One line now and then: an outage fails thousands of statements a second. */
    private void warn(String reason) {
        failed.increment();
        long now = System.nanoTime();
        long last = lastWarning.get();
        if (now - last >= WARNING_INTERVAL.toNanos() && lastWarning.compareAndSet(last, now)) {
            log.warn(
                    "PostgreSQL is away or too busy: {} (statements that failed since the last such line: {})",
                    reason,
                    failed.sumThenReset());
        }
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
