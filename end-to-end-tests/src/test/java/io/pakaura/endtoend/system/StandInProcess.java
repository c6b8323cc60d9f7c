package io.pakaura.endtoend.system;

import io.pakaura.daprstandin.Broker;
import io.pakaura.daprstandin.BrokerConfig;
import io.pakaura.daprstandin.DaprStandIn;
import io.pakaura.daprstandin.DaprStandInConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Arrays;

/** The main class of a process that stands in for a broker and for sidecars: a directory, and a port for each of them. */
final class StandInProcess {

    /** More than a test writes: nobody consumes here, and nothing is to be dropped before the test has read it. */
    private static final long MAX_FILE_BYTES = 1L << 40;

    private StandInProcess() {}

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        Broker broker = Broker.open(
                        vertx, BrokerConfig.durable(Path.of(arguments[0])).withMaxFileBytes(MAX_FILE_BYTES))
                .await();
        Arrays.stream(arguments).skip(1).forEach(port -> DaprStandIn.start(
                        vertx,
                        broker,
                        DaprStandInConfig.of("task-api").withAddress("127.0.0.1", Integer.parseInt(port)))
                .await());
    }
}
