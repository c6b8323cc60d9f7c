package io.pakaura.daprstandin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Path;

/** A process that publishes 0, 1, 2 … and prints each number once it is accepted, until it is killed. */
final class PublishingProcess {

    private PublishingProcess() {}

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        BrokerFixture broker = BrokerFixture.open(vertx, BrokerConfig.durable(Path.of(arguments[0])));
        assertThat(broker.join("group", CollectingSubscriber.busyForEver())).isNotNull();
        for (int event = 0; broker.publish(event) instanceof PublishOutcome.Accepted; event++) {
            System.out.println("accepted " + event);
        }
    }
}
