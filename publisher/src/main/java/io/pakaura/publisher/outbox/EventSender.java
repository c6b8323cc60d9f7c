package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.BulkPublishResult;
import io.pakaura.publisher.dapr.OutgoingEvent;
import io.pakaura.publisher.event.Topic;
import io.vertx.core.Future;
import java.util.List;

/** Sends encoded events to a topic with one request and one attempt, in their order. The future never fails. */
@FunctionalInterface
public interface EventSender {

    /** @param events at least one */
    Future<BulkPublishResult> send(Topic topic, List<OutgoingEvent> events);
}
