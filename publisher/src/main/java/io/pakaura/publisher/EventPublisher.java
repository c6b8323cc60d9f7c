package io.pakaura.publisher;

import io.micrometer.core.instrument.MeterRegistry;
import io.pakaura.publisher.dapr.DaprClient;
import io.pakaura.publisher.event.Topic;
import io.pakaura.publisher.outbox.EventSender;
import io.pakaura.publisher.outbox.Heartbeat;
import io.pakaura.publisher.outbox.Outbox;
import io.pakaura.publisher.outbox.OutboxRelay;
import io.pakaura.publisher.outbox.OutboxRow;
import io.pakaura.publisher.outbox.OutboxSql;
import io.pakaura.publisher.outbox.PostgresOutbox;
import io.pakaura.publisher.outbox.RelayConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.UUID;
import java.util.function.Supplier;

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
     * @param epoch the history that revisions count, as it is now; told in heartbeats
     * @param registry for the meters {@code outbox.*}
     */
    static EventPublisher start(
            Vertx vertx, Pool pool, PublisherConfig config, Supplier<Future<UUID>> epoch, MeterRegistry registry) {
        if (!config.enabled()) {
            return new DisabledPublisher();
        }
        DaprClient dapr = new DaprClient(vertx, config.dapr());
        EventSender sender = new SidecarSender(dapr, config.pubsubName());
        Outbox outbox = new PostgresOutbox(pool);
        OutboxRelay relay = new OutboxRelay(
                vertx, outbox, sender, RelayConfig.of(config.dapr().publishTimeout()), registry);
        Heartbeat heartbeat = new Heartbeat(
                vertx,
                outbox,
                epoch,
                sender,
                config.partitions(),
                () -> relay.takesEvents(Topic.TASK_UPDATES),
                registry);
        relay.start();
        heartbeat.start();
        return new RelayingPublisher(relay, heartbeat, dapr);
    }
}
