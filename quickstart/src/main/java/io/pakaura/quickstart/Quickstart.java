package io.pakaura.quickstart;

import io.pakaura.daprstandin.Broker;
import io.pakaura.daprstandin.BrokerConfig;
import io.pakaura.daprstandin.DaprStandIn;
import io.pakaura.daprstandin.DaprStandInConfig;
import io.pakaura.service.ConnectionLimits;
import io.pakaura.service.Service;
import io.pakaura.service.Settings;
import io.pakaura.syncgateway.SyncGateway;
import io.pakaura.syncgateway.SyncGatewayConfig;
import io.pakaura.taskapi.TaskApi;
import io.pakaura.taskapi.TaskApiConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** All of Pakaura Sync in one JVM. */
public final class Quickstart implements Service {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String POD = "quickstart";

    private final Vertx vertx;
    private final QuickstartConfig config;
    private final String appToken = UUID.randomUUID().toString();
    private final Deque<Supplier<Future<Void>>> closers = new ArrayDeque<>();
    private int port;

    private Quickstart(Vertx vertx, QuickstartConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** Starts the parts one after the other, says so on standard output, and says where to go when all are ready. */
    public static Future<Quickstart> start(Vertx vertx, QuickstartConfig config) {
        return new Quickstart(vertx, config).start();
    }

    private Future<Quickstart> start() {
        return vertx.executeBlocking(this::openDirectory)
                .compose(directory -> start(directory, directory.tokenSecret()))
                .onSuccess(ready -> System.out.println("Pakaura Sync is ready: http://localhost:" + port))
                .recover(failure -> close().transform(closed -> Future.failedFuture(failure)));
    }

    /** The door opens first and closes last, so that the gateway can tell open windows to come back. */
    private Future<Quickstart> start(DataDirectory directory, String secret) {
        return FrontDoor.open(vertx, config.port(), new DemoTokens(secret, Clock.systemUTC()), ConnectionLimits.DEFAULT)
                .compose(door -> closing(door, door::close))
                .onSuccess(door -> port = door.port())
                .compose(door -> step("PostgreSQL", vertx.executeBlocking(() -> openDatabase(directory)))
                        .compose(database -> startServices(directory, secret, database, door)));
    }

    private DataDirectory openDirectory() {
        DataDirectory directory = DataDirectory.open(config.directory(), config.fresh());
        onClose(() -> vertx.executeBlocking(() -> {
            directory.close();
            return null;
        }));
        return directory;
    }

    private EmbeddedDatabase openDatabase(DataDirectory directory) {
        EmbeddedDatabase database = EmbeddedDatabase.start(directory.database());
        directory.markFinished();
        onClose(() -> vertx.executeBlocking(() -> {
            database.close();
            return null;
        }));
        return database;
    }

    /**
     * The gateway starts first: the task API sends heartbeats from its start on, and the first one proves to a gateway that
     * listens already that changes reach it. So nobody waits for the next.
     */
    private Future<Quickstart> startServices(
            DataDirectory directory, String secret, EmbeddedDatabase database, FrontDoor door) {
        return step("the Dapr stand-in", Broker.open(vertx, BrokerConfig.durable(directory.topics())))
                .compose(broker -> closing(broker, broker::close))
                .compose(broker -> startGateway(broker, secret)
                        .compose(gateway -> startTaskApi(broker, secret, database.url())
                                .compose(api -> Readiness.await(vertx, gateway.opsPort())
                                        .onSuccess(ready -> door.leadTo(api.httpPort(), gateway.httpPort())))))
                .map(this);
    }

    private Future<TaskApi> startTaskApi(Broker broker, String secret, String databaseUrl) {
        return DaprStandIn.start(vertx, broker, DaprStandInConfig.of("task-api"))
                .compose(sidecar -> closing(sidecar, sidecar::close))
                .compose(sidecar -> {
                    Map<String, String> settings = service(secret);
                    settings.put("DATABASE_URL", databaseUrl);
                    settings.put("DAPR_ENABLED", "true");
                    settings.put("DAPR_HTTP_PORT", Integer.toString(sidecar.port()));
                    return step("the task API", TaskApi.start(vertx, TaskApiConfig.read(new Settings(settings))));
                })
                .compose(api -> closing(api, api::close));
    }

    private Future<SyncGateway> startGateway(Broker broker, String secret) {
        Map<String, String> settings = service(secret);
        settings.put("APP_API_TOKEN", appToken);
        settings.put("DRAIN_SECONDS", "1"); // There is no other gateway to go to.
        return step("the sync gateway", SyncGateway.start(vertx, SyncGatewayConfig.read(new Settings(settings))))
                .compose(gateway -> closing(gateway, gateway::close))
                .compose(gateway -> DaprStandIn.start(vertx, broker, gatewaySidecar(gateway))
                        .compose(sidecar -> closing(sidecar, sidecar::close))
                        .map(gateway));
    }

    private DaprStandInConfig gatewaySidecar(SyncGateway gateway) {
        return DaprStandInConfig.of("sync-gateway")
                .withBroadcast(POD)
                .withApp(new DaprStandInConfig.App(LOOPBACK, gateway.opsPort(), appToken));
    }

    /** What a service of ours gets from its deployment. */
    private static Map<String, String> service(String secret) {
        return new HashMap<>(Map.of(
                "HTTP_HOST", LOOPBACK,
                "HTTP_PORT", "0",
                "OPS_HOST", LOOPBACK,
                "OPS_PORT", "0",
                "JWT_SECRET", secret));
    }

    private static <T> Future<T> step(String name, Future<T> starting) {
        System.out.println("Starting " + name + " …");
        return starting;
    }

    private <T> Future<T> closing(T started, Supplier<Future<Void>> close) {
        onClose(close);
        return Future.succeededFuture(started);
    }

    private synchronized void onClose(Supplier<Future<Void>> close) {
        closers.push(close);
    }

    private synchronized Supplier<Future<Void>> nextToClose() {
        return closers.isEmpty() ? Future::succeededFuture : closers.pop();
    }

    private synchronized boolean isClosed() {
        return closers.isEmpty();
    }

    /** The front door's port. */
    public int port() {
        return port;
    }

    @Override
    public String describe() {
        return "quickstart on port " + port;
    }

    /** Ends the parts, the last one first. */
    @Override
    public Future<Void> close() {
        return isClosed() ? Future.succeededFuture() : nextToClose().get().eventually(this::close);
    }
}
