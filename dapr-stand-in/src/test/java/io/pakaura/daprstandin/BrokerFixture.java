package io.pakaura.daprstandin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** A broker for a test's thread: every call waits. Events are JSON numbers, for brevity. */
record BrokerFixture(Broker broker) {

    static BrokerFixture open(Vertx vertx, BrokerConfig config) {
        return new BrokerFixture(Broker.open(vertx, config).await());
    }

    PublishOutcome publish(int event, Map<String, String> metadata) {
        return publish("topic", event, metadata);
    }

    PublishOutcome publish(String topic, int event, Map<String, String> metadata) {
        return Broker.on(broker.context(), () -> broker.publish(topic, metadata, Buffer.buffer(String.valueOf(event))))
                .await();
    }

    PublishOutcome publish(int event) {
        return publish(event, Map.of());
    }

    ConsumerGroup join(String group, Subscriber member) {
        return Broker.on(broker.context(), () -> broker.join(group, "topic", member))
                .await();
    }

    void leave(ConsumerGroup group, Subscriber member) {
        Broker.<Void>on(broker.context(), () -> {
                    group.leave(member);
                    return Future.succeededFuture();
                })
                .await();
    }

    void close() {
        broker.close().await();
    }
}
