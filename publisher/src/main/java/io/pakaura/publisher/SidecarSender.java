package io.pakaura.publisher;

import io.pakaura.publisher.dapr.BulkPublishResult;
import io.pakaura.publisher.dapr.DaprClient;
import io.pakaura.publisher.dapr.OutgoingEvent;
import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.Topic;
import io.pakaura.publisher.outbox.EventSender;
import io.vertx.core.Future;
import java.util.List;

/** Sends by the sidecar, on one of its components. */
record SidecarSender(DaprClient dapr, String pubsub) implements EventSender {
    @Override
    public Future<PublishResult> send(Topic topic, OutgoingEvent event) {
        return dapr.publish(pubsub, topic.topicName(), event);
    }

    @Override
    public Future<BulkPublishResult> sendAll(Topic topic, List<OutgoingEvent> events) {
        return dapr.publishAll(pubsub, topic.topicName(), events);
    }
}
