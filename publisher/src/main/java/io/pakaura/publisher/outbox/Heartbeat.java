package io.pakaura.publisher.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.pakaura.publisher.dapr.BulkPublishResult;
import io.pakaura.publisher.dapr.OutgoingEvent;
import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.CloudEventCodec;
import io.pakaura.publisher.event.CloudEventFactory;
import io.pakaura.publisher.event.HeartbeatEvent;
import io.pakaura.publisher.event.Topic;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks at the outbox every few seconds, shows its state as metrics, and tells it to every gateway: a {@code
 * sync.heartbeat} on each partition of {@code task-updates}. A beat that can't be sent is not repeated; the next one is
 * near, and its absence says what there is to say. Any thread.
 */
public final class Heartbeat {
    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** What a silent database is given: the next beat is due before. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final UUID instance = UUID.randomUUID();
    private final Vertx vertx;
    private final Outbox outbox;
    private final Supplier<Future<UUID>> epoch;
    private final EventSender sender;
    private final int partitions;
    private final Runnable onSent;
    private volatile OutboxState state = new OutboxState(0, Duration.ZERO, Duration.ZERO);
    private volatile boolean closed;
    private volatile boolean wasSent = true;

    /**
     * @param epoch the history that revisions count, as it is now
     * @param partitions of {@code task-updates}
     * @param onSent is told when all of them took a beat
     */
    public Heartbeat(
            Vertx vertx,
            Outbox outbox,
            Supplier<Future<UUID>> epoch,
            EventSender sender,
            int partitions,
            Runnable onSent,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.outbox = outbox;
        this.epoch = epoch;
        this.sender = sender;
        this.partitions = partitions;
        this.onSent = onSent;
        Gauge.builder("outbox.rows", this, self -> self.state.rows())
                .description("Changes that some topic has not heard of, of all processes; counted up to 100,000")
                .register(registry);
        TimeGauge.builder("outbox.oldest.age", this, TimeUnit.MILLISECONDS, self -> self.state
                        .oldest()
                        .toMillis())
                .description("Age of the oldest such change")
                .register(registry);
        TimeGauge.builder("outbox.lag", this, TimeUnit.MILLISECONDS, self -> self.state
                        .lag()
                        .toMillis())
                .description("How far behind gateways may be: without rows that back off alone")
                .register(registry);
    }

    /** Begins to beat, now. */
    public void start() {
        beat();
    }

    /** Beats no more. */
    public void close() {
        closed = true;
    }

    private void beat() {
        if (closed) {
            return;
        }
        Future.all(outbox.state(), epoch.get())
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .compose(read -> send(read.resultAt(0), read.resultAt(1)))
                .onFailure(failure -> log.debug("no heartbeat, since the outbox can't be read", failure))
                .onComplete(done -> vertx.setTimer(INTERVAL.toMillis(), due -> beat()));
    }

    private Future<Void> send(OutboxState now, UUID currentEpoch) {
        state = now;
        List<OutgoingEvent> beats = IntStream.range(0, partitions)
                .mapToObj(partition -> beat(partition, now, currentEpoch))
                .toList();
        return sender.send(Topic.TASK_UPDATES, beats).map(this::sent);
    }

    private OutgoingEvent beat(int partition, OutboxState now, UUID currentEpoch) {
        var data = new HeartbeatEvent(
                instance, currentEpoch, partition, partitions, now.lag().toMillis());
        return new OutgoingEvent(
                Map.of("partitionNumber", Integer.toString(partition)),
                CloudEventCodec.encode(CloudEventFactory.heartbeat(data, Instant.now())));
    }

    /** Tells of a change for the worse or the better, and not of each beat. */
    private @Nullable Void sent(BulkPublishResult result) {
        PublishResult failure = result.failure();
        boolean ok = failure == null;
        if (ok) {
            onSent.run();
        }
        if (ok != wasSent) {
            wasSent = ok;
            if (failure instanceof PublishResult.Rejected refused) {
                log.error(
                        "no heartbeat on some of the {} partitions that TASK_UPDATES_PARTITIONS says: {} {}",
                        partitions,
                        refused.httpStatus(),
                        refused.detail());
            } else {
                log.atLevel(ok ? Level.INFO : Level.WARN)
                        .log(ok ? "heartbeats are sent again" : "no heartbeat can be sent: " + failure);
            }
        }
        return null;
    }
}
