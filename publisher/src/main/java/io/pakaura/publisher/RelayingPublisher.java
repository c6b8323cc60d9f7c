package io.pakaura.publisher;

import io.pakaura.publisher.dapr.DaprClient;
import io.pakaura.publisher.outbox.Heartbeat;
import io.pakaura.publisher.outbox.OutboxRelay;
import io.pakaura.publisher.outbox.OutboxRow;
import io.pakaura.publisher.outbox.OutboxSql;
import io.vertx.core.Future;

/** Publishes through the outbox relay. */
record RelayingPublisher(OutboxRelay relay, Heartbeat heartbeat, DaprClient dapr) implements EventPublisher {
    @Override
    public OutboxSql sql() {
        return new OutboxSql(true);
    }

    @Override
    public void committed(OutboxRow row) {
        relay.offer(row);
    }

    @Override
    public Future<Void> close() {
        heartbeat.close();
        return relay.close().onComplete(closed -> dapr.close());
    }
}
