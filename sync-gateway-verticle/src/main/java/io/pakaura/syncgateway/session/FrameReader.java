package io.pakaura.syncgateway.session;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts a client's frames together into messages, and checks what Netty does not: size in all, and UTF-8. */
final class FrameReader {

    /** Who gets what was read. */
    interface Sink {
        void message(String text);

        /** The client broke a rule of the protocol; nothing more should be read from it. */
        void violation(CloseCode code, String reason);
    }

    private final int limit;
    private final Sink sink;

    /** The fragments so far of a message; there is none between two messages. */
    private @Nullable ByteArrayOutputStream fragments;

    FrameReader(int limit, Sink sink) {
        this.limit = limit;
        this.sink = sink;
    }

    /** Control frames (RFC 6455, section 5.5) may come in between, and are no matter of this. */
    void read(WebSocketFrame frame) {
        if (frame instanceof BinaryWebSocketFrame) {
            sink.violation(CloseCode.MALFORMED, "binary frames are not part of cloudevents.json");
        } else if (frame instanceof TextWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
            append(ByteBufUtil.getBytes(frame.content()), frame.isFinalFragment());
        }
    }

    /** Also for a frame that is not read at all: too large by its header, or against the rules of RFC 6455. */
    void refuse(CloseCode code) {
        sink.violation(
                code,
                code == CloseCode.MESSAGE_TOO_LARGE
                        ? "a message may have at most " + limit + " bytes"
                        : "a frame breaks the rules of RFC 6455");
    }

    private void append(byte[] piece, boolean isFinal) {
        ByteArrayOutputStream message = fragments == null ? new ByteArrayOutputStream(piece.length) : fragments;
        if (message.size() + piece.length > limit) {
            refuse(CloseCode.MESSAGE_TOO_LARGE);
            return;
        }
        message.writeBytes(piece);
        fragments = isFinal ? null : message;
        if (isFinal) {
            decode(message.toByteArray());
        }
    }

    private void decode(byte[] message) {
        try {
            sink.message(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            sink.violation(CloseCode.MALFORMED, "a text frame must be UTF-8");
        }
    }
}
