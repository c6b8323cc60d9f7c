package io.pakaura.syncgateway.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads a heartbeat's data. Never fails. Safe on any thread. */
final class HeartbeatReader {
    /** A hundred times what a large topic has, and few enough to keep a time for each. */
    static final int MAX_PARTITIONS = 10_000;

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,64}");

    private final JsonFactory json;

    HeartbeatReader(JsonFactory json) {
        this.json = json;
    }

    /** @param event known to be a JSON object */
    FeedEvent read(byte[] event, EventFields fields) {
        Data data = new Data();
        try (JsonParser parser = json.createParser(event)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("data")) {
                    data.read(parser);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException notJson) {
            return new FeedEvent.Broken(fields, "it is not a JSON object without duplicate names");
        }
        String fault = data.fault();
        return fault.isEmpty()
                ? new FeedEvent.Beat(fields, data.heartbeat())
                : new FeedEvent.Broken(fields, "its data." + fault);
    }

    /** What was read so far; what is missing is as bad as what is wrong. */
    private static final class Data {
        String instance = "";
        String epoch = "";
        long partition = -1;
        long partitions = -1;
        long lagMillis = -1;

        void read(JsonParser parser) throws IOException {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "instance" -> instance = text(parser);
                    case "epoch" -> epoch = text(parser);
                    case "partition" -> partition = whole(parser);
                    case "partitions" -> partitions = whole(parser);
                    case "outbox_lag_ms" -> lagMillis = whole(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        private static String text(JsonParser parser) throws IOException {
            String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
            parser.skipChildren();
            return text;
        }

        private static long whole(JsonParser parser) throws IOException {
            boolean isWhole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            long number = isWhole ? parser.getLongValue() : -1;
            parser.skipChildren();
            return number;
        }

        String fault() {
            if (!NAME.matcher(instance).matches()) {
                return "instance is missing or no id";
            }
            if (!NAME.matcher(epoch).matches()) {
                return "epoch is missing or no id";
            }
            if (partitions < 1 || partitions > MAX_PARTITIONS) {
                return "partitions is missing or not between 1 and " + MAX_PARTITIONS;
            }
            if (partition < 0 || partition >= partitions) {
                return "partition is missing or not below data.partitions";
            }
            return lagMillis < 0 ? "outbox_lag_ms is missing or below 0" : "";
        }

        Heartbeat heartbeat() {
            return new Heartbeat(instance, epoch, (int) partition, (int) partitions, lagMillis);
        }
    }
}
