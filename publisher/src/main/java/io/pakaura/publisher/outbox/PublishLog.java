package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.PublishResult;
import io.pakaura.publisher.event.CloudEventFactory.Outgoing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the log says of publishes: always the same fields. What an operator must mend is an ERROR, what mends itself a WARN. */
final class PublishLog {
    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    private PublishLog() {}

    static void result(OutboxRow row, Outgoing event, PublishResult result) {
        if (result instanceof PublishResult.Published) {
            line(Level.DEBUG, row, event, result.status(), "published");
        } else if (result instanceof PublishResult.Rejected rejected) {
            line(
                    Level.ERROR,
                    row,
                    event,
                    result.status(),
                    "the sidecar refused the event, its row is kept: " + rejected.detail());
        } else if (result instanceof PublishResult.Unreachable unreachable) {
            line(
                    Level.WARN,
                    row,
                    event,
                    result.status(),
                    "the sidecar is not reachable, the row is kept: " + unreachable.reason());
        } else {
            line(Level.WARN, row, event, result.status(), "the sidecar did not answer in time, the row is kept");
        }
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

    private static void line(Level level, OutboxRow row, Outgoing event, String daprStatus, String message) {
        log.atLevel(level)
                .addKeyValue("event_type", event.type().typeName())
                .addKeyValue("topic", event.topic().topicName())
                .addKeyValue("task_id", String.valueOf(event.event().getSubject()))
                .addKeyValue("user_id", row.userId())
                .addKeyValue("correlation_id", row.correlationId())
                .addKeyValue("dapr_status", daprStatus)
                .log(message);
    }
}
