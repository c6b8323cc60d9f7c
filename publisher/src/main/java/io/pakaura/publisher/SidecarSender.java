package io.pakaura.publisher;

import io.pakaura.publisher.dapr.BulkPublishResult;
import io.pakaura.publisher.dapr.DaprClient;
import io.pakaura.publisher.dapr.OutgoingEvent;
import io.pakaura.publisher.event.Topic;
import io.pakaura.publisher.outbox.EventSender;
import io.vertx.core.Future;
import java.util.List;

/** Sends by the sidecar, on one of its components: one event by itself, several in bulk. */
record SidecarSender(DaprClient dapr, String pubsub) implements EventSender {
    @Override
    public Future<BulkPublishResult> send(Topic topic, List<OutgoingEvent> events) {
        return events.size() == 1
                ? dapr.publish(pubsub, topic.topicName(), events.get(0))
                        .map(result -> new BulkPublishResult.PerEvent(List.of(result)))
                : dapr.publishAll(pubsub, topic.topicName(), events);
    }
}
