package io.pakaura.syncgateway.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an event once, from end to end without a tree, as far as routing needs. Never fails. Safe on any thread. */
final class EventReader {
    static final String SYNC_TASK = "sync.task";
    static final String SYNC_HEARTBEAT = "sync.heartbeat";

    private static final int LONGEST_USER = 255;
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cc}\\p{Cs}]*");

    private final JsonFactory json;
    private final HeartbeatReader heartbeats;

    /** @param strict must detect duplicate names */
    EventReader(JsonFactory strict) {
        // It looks itself for duplicates of what it routes by: to look for all takes a set of names for each object.
        this.json = strict.copy().disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        this.heartbeats = new HeartbeatReader(strict);
    }

    FeedEvent read(byte[] event) {
        // A text frame must be UTF-8, so that is checked before a byte goes to a browser.
        if (!Utf8.isValid(event)) {
            return new FeedEvent.Broken(EventFields.NONE, "it is not UTF-8");
        }
        Envelope envelope = new Envelope();
        try (JsonParser parser = json.createParser(event)) {
            envelope.read(parser);
        } catch (IOException notJson) {
            return new FeedEvent.Broken(envelope.fields(), "it is not a JSON object");
        }
        if (!envelope.fault.isEmpty()) {
            return new FeedEvent.Broken(envelope.fields(), envelope.fault);
        }
        if (SYNC_HEARTBEAT.equals(envelope.type)) {
            return heartbeats.read(event, envelope.fields()); // A few a second: reading them twice costs nothing.
        }
        if (!SYNC_TASK.equals(envelope.type)) {
            return envelope.type == null
                    ? new FeedEvent.Broken(envelope.fields(), "it has no type")
                    : new FeedEvent.Other(envelope.fields());
        }
        return change(envelope);
    }

    private static FeedEvent change(Envelope envelope) {
        if (envelope.user == null || !isUser(envelope.user)) {
            return new FeedEvent.Broken(envelope.fields(), "its data.user_id is missing or not a user");
        }
        if (envelope.revision < 1) {
            return new FeedEvent.Broken(envelope.fields(), "its data.revision is missing or below 1");
        }
        return new FeedEvent.TaskChanged(envelope.fields(), envelope.user, envelope.revision, envelope.time);
    }

    /** As in the token check: 1 to 255 printable characters. */
    private static boolean isUser(String id) {
        return !id.isEmpty()
                && id.codePointCount(0, id.length()) <= LONGEST_USER
                && (isAscii(id) || PRINTABLE.matcher(id).matches());
    }

    /** Most are. */
    private static boolean isAscii(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) < ' ' || id.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** What was read so far; the first fault stays. Dapr sorts the names of a bulk: data comes first, type last. */
    private static final class Envelope {
        @Nullable
        String type;

        @Nullable
        String correlationId;

        @Nullable
        String user;

        @Nullable
        String time;

        long revision;
        boolean hasData;
        String fault = "";

        void read(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                fault = "it is not a JSON object";
                return;
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "type" -> type = only(type, string(parser, name), name);
                    case "time" -> time = text(parser);
                    case "traceid" -> correlationId = string(parser, name);
                    case "data" -> readData(parser);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                fault = "something follows its JSON object";
            }
        }

        private void readData(JsonParser parser) throws IOException {
            if (hasData) {
                wrong("it has two data");
            }
            hasData = true;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                switch (name) {
                    case "user_id" -> user = only(user, string(parser, "data.user_id"), "data.user_id");
                    case "revision" -> readRevision(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        private void readRevision(JsonParser parser) throws IOException {
            if (revision != 0) {
                wrong("it has two of data.revision");
            }
            revision = whole(parser);
        }

        /** Two readers of an event that has two of these may see two different events. */
        private @Nullable String only(@Nullable String before, @Nullable String value, String name) {
            if (before != null) {
                wrong("it has two of " + name);
            }
            return value;
        }

        private @Nullable String string(JsonParser parser, String name) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return parser.getText();
            }
            wrong("its " + name + " is not a string");
            parser.skipChildren();
            return null;
        }

        /** If it is one; nothing depends on it. */
        private static @Nullable String text(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return parser.getText();
            }
            parser.skipChildren();
            return null;
        }

        private long whole(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                return parser.getLongValue();
            }
            wrong("its data.revision is not a whole number");
            parser.skipChildren();
            return 0;
        }

        private void wrong(String what) {
            fault = fault.isEmpty() ? what : fault;
        }

        EventFields fields() {
            return new EventFields(type, user, correlationId);
        }
    }
}
