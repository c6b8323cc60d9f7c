package io.pakaura.benchmarks.crowd;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer of HTTP/1.1 with a {@code Content-Length}, or none and no body. */
record Answer(int status, String body) {
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    /** The answer, or {@code null} if it is not all there yet. */
    static @Nullable Answer parse(String received) {
        int end = received.indexOf(END_OF_HEAD);
        if (end < 0) {
            return null;
        }
        int body = end + END_OF_HEAD.length();
        if (received.length() < body + length(received.substring(0, end))) {
            return null;
        }
        return new Answer(Integer.parseInt(received, STATUS_AT, STATUS_AT + 3, 10), received.substring(body));
    }

    private static int length(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int end = head.indexOf('\r', at + LENGTH.length());
        return Integer.parseInt(head.substring(at + LENGTH.length(), end < 0 ? head.length() : end)
                .strip());
    }

    /** Whether the event was taken, as Dapr reads it. */
    boolean tookEvent() {
        return status / 100 == 2 && !body.contains("DROP") && !body.contains("RETRY");
    }
}
