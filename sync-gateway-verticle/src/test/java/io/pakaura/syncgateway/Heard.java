package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.RawSocket.CLOSE;
import static io.pakaura.syncgateway.RawSocket.FINAL;
import static io.pakaura.syncgateway.RawSocket.PONG;
import static io.pakaura.syncgateway.RawSocket.TEXT;
import static io.pakaura.syncgateway.RawSocket.frame;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a client hears until the end: welcomes, pongs with their payload, and the close code, which it answers. */
record Heard(List<String> messages, int code) {
    static final String WELCOME = "welcome";

    static Heard from(RawSocket socket) {
        List<String> messages = new ArrayList<>();
        while (true) {
            RawSocket.Frame next = socket.next();
            switch (next.head()) {
                case FINAL | TEXT -> messages.add(next.text().contains("\"sync.welcome\"") ? WELCOME : next.text());
                case FINAL | PONG -> messages.add(pong(next.payload()));
                case FINAL | CLOSE -> {
                    socket.isWritten(frame(FINAL | CLOSE, next.payload()));
                    socket.awaitEnd();
                    return new Heard(messages, next.closeCode());
                }
                default -> throw new AssertionError("no such frame should come: " + next);
            }
        }
    }

    static String pong(byte[] payload) {
        return "pong " + HexFormat.of().formatHex(payload);
    }

    @Override
    public String toString() {
        return messages + " " + code;
    }
}
