package io.pakaura.benchmarks.crowd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a client says. Its frames must be masked (RFC 6455, section 5.3): with a key of zeros, which costs nothing. */
final class ClientFrame {
    private static final int FINAL_TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 126;
    private static final int MAX_HEADER = 8;

    private ClientFrame() {}

    static ByteBuffer hello(String token) {
        return event("sync.hello", "{\"token\":\"" + token + "\"}");
    }

    static ByteBuffer pong() {
        return event("sync.pong", "{}");
    }

    private static ByteBuffer event(String type, String data) {
        byte[] text = ("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"pakaura/benchmark\",\"type\":\"" + type
                        + "\",\"data\":" + data + "}")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(MAX_HEADER + text.length).put((byte) FINAL_TEXT);
        if (text.length < SHORT_LENGTH) {
            frame.put((byte) (MASKED | text.length));
        } else {
            frame.put((byte) (MASKED | SHORT_LENGTH)).putShort((short) text.length);
        }
        return frame.putInt(0).put(text).flip();
    }
}
