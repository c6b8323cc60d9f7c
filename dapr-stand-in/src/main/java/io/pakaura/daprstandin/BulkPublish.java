package io.pakaura.daprstandin;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code POST /v1.0/publish/bulk/{component}/{topic}}: the body is an array of entries. An entry that can't be made an event
 * fails the request before any is published; what the broker refuses is named, and the others are published.
 */
final class BulkPublish implements Publishing {

    private final Broker broker;
    private final CloudEventEnvelope envelope;
    private final String appId;

    BulkPublish(Broker broker, CloudEventEnvelope envelope, String appId) {
        this.broker = broker;
        this.envelope = envelope;
        this.appId = appId;
    }

    @Override
    public void publish(RoutingContext context, PublishTarget target, Buffer body) {
        BulkEntries.Result result = BulkEntries.read(body);
        if (result instanceof BulkEntries.Result.Malformed malformed) {
            Answers.error(context, unreadable(target, malformed.reason()));
        } else if (result instanceof BulkEntries.Result.Mismatch mismatch) {
            Answers.error(context, DaprError.entryNotSerialised(target, appId, mismatch.reason()));
        } else if (result instanceof BulkEntries.Result.WithoutOwnId) {
            Answers.error(context, DaprError.entryIdNotUnique(target, appId));
        } else if (result instanceof BulkEntries.Result.Entries read) {
            envelopAndPublish(context, target, read.entries());
        }
    }

    private void envelopAndPublish(RoutingContext context, PublishTarget target, List<BulkEntries.Entry> entries) {
        if (entries.stream().anyMatch(entry -> entry.metadata().containsKey("ttlInSeconds"))) {
            Answers.error(context, DaprError.notImplemented("metadata ttlInSeconds"));
            return;
        }
        List<Buffer> events = new ArrayList<>();
        for (BulkEntries.Entry entry : entries) {
            // Only the request can ask for raw, not an entry.
            CloudEventEnvelope.Result result = target.isRaw()
                    ? CloudEventEnvelope.raw(entry.event())
                    : envelope.envelop(ofEntry(target, entry), entry.contentType(), entry.event());
            if (result instanceof CloudEventEnvelope.Result.NotACloudEvent not) {
                Answers.error(context, DaprError.notACloudEvent(target.component(), appId, not.reason()));
                return;
            }
            if (result instanceof CloudEventEnvelope.Result.Null) {
                Answers.none(context);
                return;
            }
            if (result instanceof CloudEventEnvelope.Result.NotReadable) {
                Answers.error(context, DaprError.rawPayloadNotReadable());
                return;
            }
            events.add(((CloudEventEnvelope.Result.Event) result).json());
        }
        publish(context, target, entries, events);
    }

    /** For the envelope, an entry's metadata goes before the request's: the other way round than at the broker. */
    private static PublishTarget ofEntry(PublishTarget target, BulkEntries.Entry entry) {
        return new PublishTarget(target.component(), target.topic(), merged(target.metadata(), entry.metadata()));
    }

    private static Map<String, String> merged(Map<String, String> lower, Map<String, String> upper) {
        Map<String, String> merged = new HashMap<>(lower);
        merged.putAll(upper);
        return merged;
    }

    private void publish(
            RoutingContext context, PublishTarget target, List<BulkEntries.Entry> entries, List<Buffer> events) {
        List<Map<String, String>> metadata = entries.stream()
                .map(entry -> merged(entry.metadata(), target.metadata()))
                .toList();
        Optional<String> invalid = metadata.stream()
                .map(Partitioner::whatIsNoNumber)
                .flatMap(Optional::stream)
                .findFirst();
        if (invalid.isPresent()) {
            BulkFailure.ofAll(entries, invalid.get()).respond(context, target);
            return;
        }
        List<Future<PublishOutcome>> outcomes = IntStream.range(0, entries.size())
                .mapToObj(i -> broker.publish(target.topic(), metadata.get(i), events.get(i)))
                .toList();
        Future.all(outcomes)
                .onSuccess(all -> respond(context, target, entries, all.list()))
                .onFailure(context::fail);
    }

    private static void respond(
            RoutingContext context,
            PublishTarget target,
            List<BulkEntries.Entry> entries,
            List<PublishOutcome> outcomes) {
        BulkFailure failure = BulkFailure.of(entries, outcomes);
        if (failure.entries().isEmpty()) {
            Answers.noContent(context);
        } else {
            failure.respond(context, target);
        }
    }

    @Override
    public DaprError unreadable(PublishTarget target, String reason) {
        return DaprError.entriesNotRead(target, appId, reason);
    }
}
