package io.pakaura.daprstandin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of a bulk that the broker doesn't have.
 *
 * @param reason of the whole, in the words of daprd's Kafka client
 */
record BulkFailure(List<Entry> entries, String reason) {

    /** One of them. */
    record Entry(String id, String reason) {}

    /** Where nothing was even tried. */
    static BulkFailure ofAll(List<BulkEntries.Entry> entries, String reason) {
        return new BulkFailure(
                entries.stream().map(entry -> new Entry(entry.id(), reason)).toList(), reason);
    }

    /** @param outcomes of the entries, in their order */
    static BulkFailure of(List<BulkEntries.Entry> entries, List<PublishOutcome> outcomes) {
        List<Entry> failed = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (outcomes.get(i) instanceof PublishOutcome.Refused refused) {
                failed.add(new Entry(entries.get(i).id(), refused.reason()));
            }
        }
        return new BulkFailure(List.copyOf(failed), "kafka: Failed to deliver %d messages.".formatted(failed.size()));
    }

    /** The body comes a second time, in a header. */
    void respond(RoutingContext context, PublishTarget target) {
        ObjectNode body = body();
        context.response()
                .putHeader("metadata.responseData", header(body.toString()))
                .putHeader(
                        "metadata.error",
                        header("api error: code = Internal desc = "
                                + DaprError.whyNotPublished(target.component(), target.topic(), reason)));
        Answers.json(context, 500, body);
    }

    private ObjectNode body() {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode failed = body.putArray("failedEntries");
        entries.forEach(entry -> failed.addObject().put("entryId", entry.id()).put("error", entry.reason()));
        return body.put("errorCode", "ERR_PUBSUB_PUBLISH_MESSAGE");
    }

    /** Go writes a header as UTF-8, Netty a character as a byte. */
    private static String header(String value) {
        return new String(value.getBytes(UTF_8), ISO_8859_1);
    }
}
