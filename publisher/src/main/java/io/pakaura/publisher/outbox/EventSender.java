package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.Topic;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Sends one encoded event to a topic, once. The future never fails. */
@FunctionalInterface
public interface EventSender {
    Future<PublishResult> send(Topic topic, String partitionKey, Buffer cloudEvent);
}
