package io.pakaura.benchmarks.crowd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An event of {@value #BYTES} bytes, as daprd delivers it: names sorted, {@code data} first, {@code type} last. It carries
 * its number, as its revision and in its id, so that a client knows which it has got.
 */
public final class SampleEvent {
    /** Of the whole event. */
    public static final int BYTES = 836;

    static final int DIGITS = 10;

    /** Numbers begin here: all have as many digits. */
    static final long FIRST_NUMBER = 1_000_000_000;

    private static final String BEFORE_NUMBER = "{\"data\":{\"action\":\"updated\",\"revision\":";
    private static final String BEFORE_ID =
            "\"datacontenttype\":\"application/json\",\"id\":\"7b0a1f0c-5f0e-4f7b-8c53-00";

    /** After the number: {@code %1$s} is the user, {@code %2$s} fills up, {@code %3$d} is the number once more. */
    private static final String REST =
            """
            ,"task":{"completed":false,"created_at":"2026-11-21T09:00:00.000Z","description":"%2$s",\
            "due_date":"2026-12-01","id":"4f6f8d1e-0b7e-4f55-9c1a-3f3b0e1a2c4d","priority":"none","title":"Buy milk",\
            "updated_at":"2026-11-21T09:00:00.000Z"},"task_id":"4f6f8d1e-0b7e-4f55-9c1a-3f3b0e1a2c4d",\
            "timestamp":"2026-11-21T09:00:00.000Z","user_id":"%1$s"},\
            """
                            .strip()
                    + BEFORE_ID
                    + """
            %3$d","partitionkey":"%1$s","pubsubname":"pubsub-kafka-broadcast","source":"pakaura/api","specversion":"1.0",\
            "subject":"4f6f8d1e-0b7e-4f55-9c1a-3f3b0e1a2c4d","time":"2026-11-21T09:00:00.000Z","topic":"task-updates",\
            "traceid":"0af76519-16cd-43dd-8448-eb211c80319c",\
            "traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","type":"sync.task"}""";

    private SampleEvent() {}

    /** Its text, with the first number in it. */
    static String text(String user) {
        int others = text(user, "").length();
        return text(user, "x".repeat(BYTES - others));
    }

    private static String text(String user, String filling) {
        return BEFORE_NUMBER + FIRST_NUMBER + String.format(Locale.ROOT, REST, user, filling, FIRST_NUMBER);
    }

    /** Where the number stands as a revision. */
    static int revisionAt() {
        return BEFORE_NUMBER.length();
    }

    /** Where the number stands in the id. */
    static int idAt(String text) {
        return text.indexOf(BEFORE_ID) + BEFORE_ID.length();
    }

    /** The number of an event that begins at {@code start}. */
    static long number(ByteBuffer buffer, int start) {
        int at = start + revisionAt();
        long number = 0;
        for (int i = 0; i < DIGITS; i++) {
            number = number * 10 + (buffer.get(at + i) - '0');
        }
        return number;
    }

    /** Writes a number in its {@link #DIGITS} digits. */
    static void putNumber(byte[] text, int at, long number) {
        long rest = number;
        for (int i = at + DIGITS - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
