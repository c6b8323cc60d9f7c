package io.pakaura.syncgateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text frame, ready for the wire (RFC 6455, section 5.2; a server's is not masked): encoded once, for all sockets that get
 * it.
 */
public final class OutboundFrame {
    private static final int FINAL_TEXT = 0x81;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;
    private static final int MAX_IN_TWO_BYTES = 0xffff;
    private static final int LONGEST_HEADER = 10;

    private final byte[] bytes;
    private final int headerBytes;
    private final @Nullable ByteBuf shared;

    private OutboundFrame(byte[] bytes, int headerBytes, @Nullable ByteBuf shared) {
        this.bytes = bytes;
        this.headerBytes = headerBytes;
        this.shared = shared;
    }

    public static OutboundFrame of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param text in UTF-8; copied */
    public static OutboundFrame of(byte[] text) {
        int headerBytes = text.length < LENGTH_IN_TWO_BYTES ? 2 : text.length <= MAX_IN_TWO_BYTES ? 4 : LONGEST_HEADER;
        ByteBuffer frame = ByteBuffer.allocate(headerBytes + text.length).put((byte) FINAL_TEXT);
        if (text.length < LENGTH_IN_TWO_BYTES) {
            frame.put((byte) text.length);
        } else if (text.length <= MAX_IN_TWO_BYTES) {
            frame.put((byte) LENGTH_IN_TWO_BYTES).putShort((short) text.length);
        } else {
            frame.put((byte) LENGTH_IN_EIGHT_BYTES).putLong(text.length);
        }
        return new OutboundFrame(frame.put(text).array(), headerBytes, null);
    }

    /**
     * The same for several sockets of one event loop, which share one copy outside the heap: else each write makes its own,
     * and keeps it for as long as its client does not read. To be released when all have been written.
     */
    OutboundFrame share() {
        try {
            ByteBuf copy = ByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
            return new OutboundFrame(bytes, headerBytes, copy);
        } catch (OutOfMemoryError noDirectMemory) {
            return this; // Writes that find none either end their connections, and those alone.
        }
    }

    void release() {
        if (shared != null) {
            shared.release();
        }
    }

    /** For one write to one socket. */
    ByteBuf wire() {
        return shared == null ? Unpooled.wrappedBuffer(bytes) : shared.retainedDuplicate();
    }

    /** All that goes over the wire. */
    int bytes() {
        return bytes.length;
    }

    /** What the client reads. */
    public String text() {
        return new String(bytes, headerBytes, bytes.length - headerBytes, StandardCharsets.UTF_8);
    }
}
