package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.BulkPublishResult;
import io.pakaura.publisher.dapr.PublishResult;
import java.util.List;
import java.util.function.Consumer;

/**
 * One request to the sidecar, and what follows from its outcome. Relay's context only.
 *
 * <ul>
 *   <li>Published: the row no longer owes the topic.
 *   <li>Some refused, others not: those rows are to blame, and back off alone.
 *   <li>A bulk refused as a whole, or not answered: its events are sent once more, one by one, to find the one to blame.
 *   <li>No way to the topic: the events stay first in their lane and the circuit opens.
 *   <li>An event refused or not answered alone: its row backs off; the more so, if others had been taken just before. So a
 *       probe that fails is followed by another one.
 * </ul>
 *
 * @param changed is told of a delivery when the topic was tried
 */
record Attempt(Lane lane, List<Item> batch, boolean isProbe, RelayMetrics metrics, Consumer<Delivery> changed) {

    void ended(BulkPublishResult result) {
        if (isProbe) {
            lane.circuit().probed();
        }
        if (result instanceof BulkPublishResult.PerEvent perEvent) {
            ended(perEvent.results());
        } else if (result instanceof BulkPublishResult.AsOne one) {
            endedAsOne(one.failure());
        }
    }

    private void ended(List<PublishResult> results) {
        boolean anyPublished = results.stream().anyMatch(PublishResult.Published.class::isInstance);
        if (anyPublished) {
            lane.circuit().succeeded();
        }
        if (batch.size() > 1 && !anyPublished) {
            endedAsOne(results.get(0));
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            ended(batch.get(i), results.get(i), anyPublished);
        }
    }

    private void ended(Item item, PublishResult result, boolean anyPublished) {
        PublishLog.result(item, result, 0);
        if (result instanceof PublishResult.Published) {
            item.delivery().published(lane.topic());
            metrics.delivered(lane.topic(), item.delivery().ageNanos());
            changed.accept(item.delivery());
        } else if (anyPublished) {
            backOff(item, true);
        } else {
            failedAlone(item, result);
        }
    }

    private void failedAlone(Item item, PublishResult failure) {
        Circuit circuit = lane.circuit();
        if (isProbe || !Circuit.isRowsFault(failure)) {
            circuit.open(isProbe, RelayClock.millis());
        } else {
            circuit.refused(item.delivery().row().id(), RelayClock.millis());
        }
        if (Circuit.isRowsFault(failure) || failure instanceof PublishResult.TimedOut) {
            backOff(item, !isProbe);
        } else {
            lane.putBack(batch);
        }
    }

    private void backOff(Item item, boolean blamed) {
        item.delivery().failed(lane.topic(), blamed);
        changed.accept(item.delivery());
    }

    /** It may be for the sake of one event; a refusal also of bulks, by a sidecar that knows none. */
    private void endedAsOne(PublishResult failure) {
        PublishLog.result(batch.get(0), failure, batch.size() - 1);
        lane.putBack(batch);
        if (!(failure instanceof PublishResult.Unreachable)) {
            lane.sendAlone(batch.size());
        }
        if (!(failure instanceof PublishResult.Rejected)) {
            lane.circuit().open(isProbe, RelayClock.millis());
        }
    }
}
