package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.CloudEventFactory.Outgoing;
import io.pakaura.publisher.event.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the log says of publishes: always the same fields. What an operator must mend is an ERROR, what mends itself a WARN. */
final class PublishLog {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private PublishLog() {}

    /** @param others how many events fared the same, beside this one */
    static void result(Item item, PublishResult result, int others) {
        if (result instanceof PublishResult.Published) {
            line(Level.DEBUG, item, result, "published");
            return;
        }
        String kept = others == 0 ? "its row is kept" : "its row and %d others are kept".formatted(others);
        if (result instanceof PublishResult.Rejected rejected) {
            line(Level.ERROR, item, result, "the sidecar refused the event, " + kept + ": " + rejected.detail());
        } else if (result instanceof PublishResult.Unreachable unreachable) {
            line(Level.WARN, item, result, "the sidecar is not reachable, " + kept + ": " + unreachable.reason());
        } else {
            line(Level.WARN, item, result, "the sidecar did not answer in time, " + kept);
        }
    }

    static void takesEventsAgain(Topic topic) {
        log.info("{} takes events again", topic.topicName());
    }

    static void disabled(OutboxRow row, Outgoing event) {
        line(Level.DEBUG, row, event, "disabled", "not published, Dapr is disabled");
    }

    static void unserialisable(OutboxRow row, RuntimeException failure) {
        log.atError()
                .addKeyValue("user_id", row.userId())
                .addKeyValue("correlation_id", row.correlationId())
                .log(
                        "revision {} cannot be serialised, its row is kept: {}",
                        row.revision(),
                        rootOf(failure).getMessage());
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }

    static boolean isDebug() {
        return log.isDebugEnabled();
    }

    private static void line(Level level, Item item, PublishResult result, String message) {
        line(level, item.delivery().row(), item.event(), result.status(), message);
    }

    private static void line(Level level, OutboxRow row, Outgoing event, String daprStatus, String message) {
        log.atLevel(level)
                .addKeyValue("event_type", event.type().typeName())
                .addKeyValue("topic", event.topic().topicName())
                .addKeyValue("task_id", String.valueOf(event.taskId()))
                .addKeyValue("user_id", row.userId())
                .addKeyValue("correlation_id", row.correlationId())
                .addKeyValue("dapr_status", daprStatus)
                .log(message);
    }
}
