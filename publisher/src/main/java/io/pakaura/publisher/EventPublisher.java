package io.pakaura.publisher;

import io.pakaura.publisher.dapr.DaprClient;
import io.pakaura.publisher.dapr.OutgoingEvent;
import io.pakaura.publisher.outbox.OutboxRelay;
import io.pakaura.publisher.outbox.OutboxRow;
import io.pakaura.publisher.outbox.OutboxSql;
import io.pakaura.publisher.outbox.PostgresOutbox;
import io.pakaura.publisher.outbox.RelayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/** What a service calls: one for a process. */
public interface EventPublisher {

    /** The outbox's part of the statements that change tasks. */
    OutboxSql sql();

    /**
     * Publishes a row whose statement has committed. Returns at once, never fails, and may be called on any thread:
     * if publishing does not work out now, the row in the table is published later.
     */
    void committed(OutboxRow row);

    /** Finishes what is in flight, for some seconds, and gives the rest back. */
    Future<Void> close();

    /**
     * Starts the publisher.
     *
     * @param pool the database that holds the outbox
     */
    static EventPublisher start(Vertx vertx, Pool pool, PublisherConfig config) {
        if (!config.enabled()) {
            return new DisabledPublisher();
        }
        DaprClient dapr = new DaprClient(vertx, config.dapr());
        OutboxRelay relay = new OutboxRelay(
                vertx,
                new PostgresOutbox(pool),
                (topic, key, event) ->
                        dapr.publish(config.pubsubName(), topic.topicName(), OutgoingEvent.keyed(key, event)),
                RelayConfig.of(config.dapr().publishTimeout()));
        relay.start();
        return new RelayingPublisher(relay, dapr);
    }
}
