package io.pakaura.endtoend.dapr;

import io.pakaura.daprstandin.Broker;
import io.pakaura.daprstandin.BrokerConfig;
import io.pakaura.daprstandin.DaprStandIn;
import io.pakaura.daprstandin.DaprStandInConfig;
import io.pakaura.daprstandin.DaprStandInConfig.App;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the stand-in, with its broker in files. */
final class StandInPubSubIT extends DaprPubSubContract {

    @TempDir
    private static @Nullable Path directory;

    @Override
    PubSubEnvironment start(PubSubEnvironment.Apps apps) {
        if (directory == null) {
            throw new IllegalStateException("no directory");
        }
        return StandInEnvironment.start(directory, apps);
    }

    private record StandInEnvironment(Vertx vertx, Broker broker, List<DaprStandIn> sidecars)
            implements PubSubEnvironment {

        static StandInEnvironment start(Path directory, Apps apps) {
            Vertx vertx = Vertx.vertx();
            Broker broker = Broker.open(vertx, BrokerConfig.durable(directory).withPartitions(PARTITIONS))
                    .await();
            DaprStandInConfig gateway = DaprStandInConfig.of("sync-gateway");
            DaprStandInConfig audit = DaprStandInConfig.of("audit");
            List<DaprStandIn> sidecars = Stream.of(
                            DaprStandInConfig.of("task-api").withApiToken(API_TOKEN),
                            gateway.withBroadcast("pod-1").withApp(app(apps.gateway1(), APP_API_TOKEN)),
                            gateway.withBroadcast("pod-2").withApp(app(apps.gateway2(), null)),
                            audit.withApp(app(apps.audit1(), null)),
                            audit.withApp(app(apps.audit2(), null)))
                    .map(config -> DaprStandIn.start(vertx, broker, config).await())
                    .toList();
            return new StandInEnvironment(vertx, broker, sidecars);
        }

        private static App app(SubscriberApp app, @Nullable String apiToken) {
            return new App("127.0.0.1", app.port(), apiToken);
        }

        @Override
        public int publisherPort() {
            return sidecars.get(0).port();
        }

        @Override
        public void close() {
            sidecars.forEach(sidecar -> sidecar.close().await());
            broker.close().await();
            vertx.close().await();
        }
    }
}
