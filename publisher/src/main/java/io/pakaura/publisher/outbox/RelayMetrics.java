package io.pakaura.publisher.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pakaura.publisher.dapr.BulkPublishResult;
import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the relay counts. Relay's context only, since it remembers its meters without a lock. */
final class RelayMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15)
    };

    private record Outcome(Topic topic, String outcome) {}

    private final MeterRegistry registry;
    private final Map<Outcome, Timer> publishes = new HashMap<>();
    private final Map<Topic, DistributionSummary> batches = new HashMap<>();
    private final Map<Topic, Timer> delays = new HashMap<>();
    private final Counter retries;
    private final Counter leases;
    private final Counter overflow;

    RelayMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.retries = counter("outbox.retries", "Rows that wait for another attempt after one failed");
        this.leases = counter("outbox.leases.taken", "Rows whose lease ran out, taken over by this process");
        this.overflow = counter("outbox.overflow", "Rows left in the table because too much waits in memory");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** A request is over. */
    void published(Topic topic, BulkPublishResult result, int events, long nanos) {
        batches.computeIfAbsent(topic, this::batch).record(events);
        publishes
                .computeIfAbsent(new Outcome(topic, outcome(result.failure())), this::publish)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private static String outcome(@Nullable PublishResult failure) {
        if (failure == null) {
            return "published";
        }
        return failure instanceof PublishResult.Rejected ? "refused" : failure.status();
    }

    private Timer publish(Outcome outcome) {
        return Timer.builder("outbox.publish")
                .description("Requests to the sidecar that publish one or more events")
                .tag("topic", outcome.topic().topicName())
                .tag("outcome", outcome.outcome())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private DistributionSummary batch(Topic topic) {
        return DistributionSummary.builder("outbox.batch.size")
                .description("Events in a request to the sidecar")
                .baseUnit("events")
                .tag("topic", topic.topicName())
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100)
                .register(registry);
    }

    void delivered(Topic topic, long nanos) {
        delays.computeIfAbsent(topic, this::delay).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer delay(Topic topic) {
        return Timer.builder("outbox.delay")
                .description(
                        "From the commit's answer, or the take-over of a row, to the sidecar's word that the event is published")
                .tag("topic", topic.topicName())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    void retrying() {
        retries.increment();
    }

    void leased(int rows) {
        leases.increment(rows);
    }

    void overflowed() {
        overflow.increment();
    }
}
