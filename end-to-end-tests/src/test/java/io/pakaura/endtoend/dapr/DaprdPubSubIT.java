package io.pakaura.endtoend.dapr;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The contract on the real thing: daprd with the components that we ship, and Kafka. */
final class DaprdPubSubIT extends DaprPubSubContract {

    @Override
    PubSubEnvironment start(PubSubEnvironment.Apps apps) {
        Optional<Path> daprd = Daprd.find();
        if (daprd.isEmpty()) {
            System.out.println("DaprdPubSubIT " + Daprd.MISSING);
        }
        assumeTrue(daprd.isPresent(), Daprd.MISSING);
        return DaprdEnvironment.start(daprd.orElseThrow(), apps);
    }

    private record DaprdEnvironment(List<AutoCloseable> parts, Daprd publisher) implements PubSubEnvironment {

        static DaprdEnvironment start(Path daprd, Apps apps) {
            KafkaBroker broker = KafkaBroker.start();
            broker.createTopics(Map.of("task-updates", PARTITIONS, "task-events", PARTITIONS, "reminders", PARTITIONS));
            List<Daprd> sidecars = List.of(
                    Daprd.launch(daprd, broker, new Daprd.Options("task-api", null, null, API_TOKEN, null)),
                    Daprd.launch(daprd, broker, gateway("pod-1", apps.gateway1(), APP_API_TOKEN)),
                    Daprd.launch(daprd, broker, gateway("pod-2", apps.gateway2(), null)),
                    Daprd.launch(daprd, broker, audit(apps.audit1())),
                    Daprd.launch(daprd, broker, audit(apps.audit2())));
            sidecars.forEach(Daprd::awaitReady);
            List<AutoCloseable> parts = new ArrayList<>(sidecars);
            parts.add(0, broker);
            return new DaprdEnvironment(parts, sidecars.get(0));
        }

        private static Daprd.Options gateway(String pod, SubscriberApp app, @Nullable String appApiToken) {
            return new Daprd.Options("sync-gateway", app.port(), pod, null, appApiToken);
        }

        private static Daprd.Options audit(SubscriberApp app) {
            return new Daprd.Options("audit", app.port(), null, null, null);
        }

        @Override
        public int publisherPort() {
            return publisher.port();
        }

        @Override
        public void close() {
            Collections.reverse(parts);
            parts.parallelStream().forEach(DaprdEnvironment::close);
        }

        private static void close(AutoCloseable part) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
