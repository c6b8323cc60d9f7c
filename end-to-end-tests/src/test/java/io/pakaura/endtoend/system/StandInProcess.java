package io.pakaura.endtoend.system;

import io.pakaura.daprstandin.Broker;
import io.pakaura.daprstandin.BrokerConfig;
import io.pakaura.daprstandin.DaprStandIn;
import io.pakaura.daprstandin.DaprStandInConfig;
import io.pakaura.daprstandin.DaprStandInConfig.App;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The main class of a process that stands in for a broker and for sidecars. Its arguments: a directory, its own port, and for
 * each sidecar either {@code <pod>=<app port>} of a gateway's or, after those, the port of an API's. {@code POST /<pod>} to its own port
 * begins a gateway's sidecar anew.
 */
final class StandInProcess {

    /** More than a test writes: nothing is to be dropped before the test has read it. */
    private static final long MAX_FILE_BYTES = 1L << 40;

    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final Broker broker;
    private final Map<String, Integer> appPorts = new ConcurrentHashMap<>();
    private final Map<String, DaprStandIn> gateways = new ConcurrentHashMap<>();

    private StandInProcess(Vertx vertx, Broker broker) {
        this.vertx = vertx;
        this.broker = broker;
    }

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        BrokerConfig config = BrokerConfig.durable(Path.of(arguments[0]))
                .withPartitions(SyncSystem.PARTITIONS)
                .withMaxFileBytes(MAX_FILE_BYTES);
        StandInProcess process =
                new StandInProcess(vertx, Broker.open(vertx, config).await());
        vertx.createHttpServer()
                .requestHandler(process::beginAnew)
                .listen(Integer.parseInt(arguments[1]), LOOPBACK)
                .await();
        List<String> sidecars = Arrays.asList(arguments).subList(2, arguments.length);
        sidecars.forEach(sidecar -> process.start(sidecar.split("=")).await());
    }

    private Future<DaprStandIn> start(String[] sidecar) {
        if (sidecar.length == 1) {
            DaprStandInConfig ofApi = DaprStandInConfig.of("task-api");
            return DaprStandIn.start(vertx, broker, ofApi.withAddress(LOOPBACK, Integer.parseInt(sidecar[0])));
        }
        appPorts.put(sidecar[0], Integer.parseInt(sidecar[1]));
        return startGateway(sidecar[0]);
    }

    private Future<DaprStandIn> startGateway(String pod) {
        DaprStandInConfig config = DaprStandInConfig.of("sync-gateway")
                .withBroadcast(pod)
                .withApp(new App(LOOPBACK, appPorts.get(pod), null));
        return DaprStandIn.start(vertx, broker, config).onSuccess(sidecar -> gateways.put(pod, sidecar));
    }

    private void beginAnew(HttpServerRequest request) {
        String pod = request.path().substring(1);
        gateways.get(pod)
                .close()
                .compose(closed -> startGateway(pod))
                .onSuccess(begun -> request.response().setStatusCode(204).end())
                .onFailure(fault -> request.response().setStatusCode(500).end(String.valueOf(fault)));
    }
}
