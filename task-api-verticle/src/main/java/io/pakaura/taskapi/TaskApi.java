package io.pakaura.taskapi;

import io.micrometer.core.instrument.Gauge;
import io.pakaura.publisher.EventPublisher;
import io.pakaura.service.ListenerConfig;
import io.pakaura.service.Metrics;
import io.pakaura.service.OperationsListener;
import io.pakaura.service.Service;
import io.pakaura.service.TokenCheck;
import io.pakaura.taskapi.http.ApiRouter;
import io.pakaura.taskapi.http.Contract;
import io.pakaura.taskapi.http.Documentation;
import io.pakaura.taskapi.http.RateLimit;
import io.pakaura.taskapi.http.UnreadPages;
import io.pakaura.taskapi.mcp.McpEndpoint;
import io.pakaura.taskapi.postgres.Database;
import io.pakaura.taskapi.postgres.Migrations;
import io.pakaura.taskapi.postgres.PostgresTaskStore;
import io.pakaura.taskapi.postgres.SyncEpoch;
import io.pakaura.taskapi.postgres.TombstonePruner;
import io.pakaura.taskapi.task.TaskService;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The task API, put together: the same in its own process, in the quickstart and in tests. */
public final class TaskApi implements Service {
    private static final int CONNECTION_TIMEOUT_SECONDS = 2;
    /** Of the whole check; more than its own patience, which makes a 503 of a database that is silent. */
    private static final long READINESS_MS = 3_000;

    /** What a silent database may add to the end: its in-flight statements have been answered by then. */
    private static final long CLOSE_SECONDS = 4;

    private static final int MAX_WAITING_PER_CONNECTION = 64;

    /** A connection that has said nothing for so long is given up: after a failover its peer may be gone without a word. */
    private static final int SILENCE_SECONDS = 12;

    /** One that nobody uses ends before, so that no statement begins on a connection that is about to be given up. */
    private static final int UNUSED_SECONDS = 8;

    private static final int UNUSED_CHECK_MS = 500;

    private final Vertx vertx;
    private final Pool pool;
    private final EventPublisher publisher;
    private final Metrics metrics;
    private final TokenCheck tokens;
    private final OperationsListener operations;
    private final String deployment;
    private final int httpPort;

    private TaskApi(
            Vertx vertx,
            Pool pool,
            EventPublisher publisher,
            Metrics metrics,
            TokenCheck tokens,
            OperationsListener operations,
            String deployment,
            int httpPort) {
        this.vertx = vertx;
        this.pool = pool;
        this.publisher = publisher;
        this.metrics = metrics;
        this.tokens = tokens;
        this.operations = operations;
        this.deployment = deployment;
        this.httpPort = httpPort;
    }

    /** Migrates the database and starts. Fails if the database cannot be reached or a port is taken. */
    public static Future<TaskApi> start(Vertx vertx, TaskApiConfig config) {
        return vertx.executeBlocking(() -> {
                    Migrations.migrate(config.database());
                    Contract contract = Contract.load();
                    return new Documents(contract, new Documentation(contract));
                })
                .compose(documents -> start(vertx, config, documents));
    }

    private record Documents(Contract contract, Documentation documentation) {}

    private static Future<TaskApi> start(Vertx vertx, TaskApiConfig config, Documents documents) {
        Metrics metrics = new Metrics();
        Pool pool = pool(vertx, config.database());
        EventPublisher publisher = EventPublisher.start(
                vertx, pool, config.publisher(), () -> SyncEpoch.current(pool), metrics.registry());
        new TombstonePruner(vertx, pool, config.tombstoneRetention()).start();
        Database database = new Database(vertx, pool, config.database().poolSize(), metrics.registry());
        TaskService tasks = new TaskService(new PostgresTaskStore(vertx, database, publisher, metrics.registry()));
        TokenCheck tokens = TokenCheck.start(vertx, config.tokens(), Clock.systemUTC());
        UnreadPages unread = new UnreadPages();
        Gauge.builder("http.server.unread", unread, UnreadPages::waiting)
                .description("Large answers that wait to be read by their callers")
                .baseUnit("bytes")
                .register(metrics.registry());
        ApiRouter router = ApiRouter.of(
                documents.contract(),
                documents.documentation(),
                tokens,
                tasks,
                new McpEndpoint(documents.contract(), tasks),
                new ApiRouter.Protection(
                        config.origins(), new RateLimit(config.rateLimit()), unread, config.connections()),
                metrics.registry());
        ListenerConfig http = config.http().shared();
        Queue<TaskApiVerticle> verticles = new ConcurrentLinkedQueue<>();
        Future<String> deployment = vertx.deployVerticle(
                () -> {
                    TaskApiVerticle verticle = new TaskApiVerticle(http, config.connections(), router, metrics);
                    verticles.add(verticle);
                    return verticle;
                },
                new DeploymentOptions().setInstances(config.eventLoops()));
        return deployment.compose(
                id -> OperationsListener.start(vertx, config.ops(), readiness(vertx, pool, tokens), metrics, own -> own)
                        .map(operations -> new TaskApi(
                                vertx,
                                pool,
                                publisher,
                                metrics,
                                tokens,
                                operations,
                                id,
                                verticles.element().port())));
    }

    /** Connections as the service uses them: the benchmarks' bare handler must have no others. */
    public static Pool pool(Vertx vertx, DatabaseConfig config) {
        return PgBuilder.pool()
                .using(vertx)
                .with(new NetClientOptions().setReadIdleTimeout(SILENCE_SECONDS).setTcpKeepAlive(true))
                .connectingTo(config.connectOptions())
                .with(new PoolOptions()
                        .setMaxSize(config.poolSize())
                        .setMaxWaitQueueSize(config.poolSize() * MAX_WAITING_PER_CONNECTION)
                        .setIdleTimeout(UNUSED_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setPoolCleanerPeriod(UNUSED_CHECK_MS)
                        .setConnectionTimeout(CONNECTION_TIMEOUT_SECONDS)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .build();
    }

    private static HealthChecks readiness(Vertx vertx, Pool pool, TokenCheck tokens) {
        HealthChecks checks = HealthChecks.create(vertx)
                .register("postgresql", READINESS_MS, answer -> pool.query("SELECT 1")
                        .execute()
                        .timeout(CONNECTION_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                        .map(rows -> Status.OK())
                        .otherwise(Status.KO())
                        .onComplete(answer));
        tokens.addTo(checks);
        return checks;
    }

    /** The port of the public listener. */
    public int httpPort() {
        return httpPort;
    }

    /** The port of the Dapr and operations listener. */
    public int opsPort() {
        return operations.port();
    }

    @Override
    public String describe() {
        return "task API on port " + httpPort + ", operations on port " + opsPort();
    }

    @Override
    public Future<Void> close() {
        return vertx.undeploy(deployment)
                .eventually(tokens::close)
                .eventually(() -> publisher.close().timeout(CLOSE_SECONDS, TimeUnit.SECONDS))
                .eventually(() -> pool.close().timeout(CLOSE_SECONDS, TimeUnit.SECONDS))
                .eventually(operations::close)
                .onComplete(closed -> metrics.close());
    }
}
