package io.pakaura.benchmarks.crowd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames as a server sends them (RFC 6455, section 5.2): unmasked, and whole messages only. */
final class FrameParser {
    static final int TEXT = 1;
    static final int CLOSE = 8;

    private static final int FINAL = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int SHORT_LENGTH = 126;
    private static final int LONG_LENGTH = 127;

    private FrameParser() {}

    /** Who gets the frames. */
    interface Handler {
        /** A frame, whose payload is in the buffer from {@code start} on; the buffer's position is not to be moved. */
        void frame(int opcode, ByteBuffer buffer, int start, int length);
    }

    /**
     * Hands on all frames that are there to their last byte. What is left in the buffer is the begin of another.
     *
     * @throws IllegalStateException if a frame is masked, or is a part of a message
     */
    static void parse(ByteBuffer buffer, Handler handler) {
        for (int length = payload(buffer); length >= 0; length = payload(buffer)) {
            int begin = buffer.position();
            int start = begin + header(buffer.get(begin + 1));
            handler.frame(buffer.get(begin) & OPCODE, buffer, start, length);
            buffer.position(start + length);
        }
    }

    /** Length of the first frame's payload; -1 if it is not all there. */
    private static int payload(ByteBuffer buffer) {
        int begin = buffer.position();
        if (buffer.remaining() < 2) {
            return -1;
        }
        byte second = buffer.get(begin + 1);
        if (second < 0 || (buffer.get(begin) & FINAL) == 0) {
            throw new IllegalStateException("a server's frame is masked or not final");
        }
        int header = header(second);
        if (buffer.remaining() < header) {
            return -1;
        }
        int length = length(buffer, begin, second);
        return buffer.remaining() < header + length ? -1 : length;
    }

    private static int header(byte second) {
        return second < SHORT_LENGTH ? 2 : second == SHORT_LENGTH ? 4 : 10;
    }

    private static int length(ByteBuffer buffer, int begin, byte second) {
        return switch (second) {
            case SHORT_LENGTH -> buffer.getShort(begin + 2) & 0xffff;
            case LONG_LENGTH -> Math.toIntExact(buffer.getLong(begin + 2));
            default -> second;
        };
    }

    /** Of a text frame. */
    static String text(ByteBuffer buffer, int start, int length) {
        byte[] bytes = new byte[length];
        buffer.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
