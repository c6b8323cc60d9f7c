package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.BulkPublishResult;
import io.pakaura.publisher.dapr.OutgoingEvent;
import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.Topic;
import io.vertx.core.Future;
import java.util.List;

/** Sends encoded events to a topic, with one attempt. The futures never fail. */
public interface EventSender {
    Future<PublishResult> send(Topic topic, OutgoingEvent event);

    /** Sends several with one request, in their order. */
    Future<BulkPublishResult> sendAll(Topic topic, List<OutgoingEvent> events);
}
