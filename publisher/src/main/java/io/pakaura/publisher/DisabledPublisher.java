package io.pakaura.publisher;

import io.pakaura.publisher.outbox.OutboxRow;
import io.pakaura.publisher.outbox.OutboxSql;
import io.vertx.core.Future;

/** {@code DAPR_ENABLED=false}: no outbox row, the events are only logged. */
final class DisabledPublisher implements EventPublisher {
    @Override
    public OutboxSql sql() {
        return new OutboxSql(false);
    }

    @Override
    public void committed(OutboxRow row) {
        row.logAsDisabled();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
