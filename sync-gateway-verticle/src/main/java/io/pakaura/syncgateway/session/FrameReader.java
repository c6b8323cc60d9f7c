package io.pakaura.syncgateway.session;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Puts a client's frames together into messages, and checks what Vert.x does not: size in all, and UTF-8. */
final class FrameReader {

    /** Who gets what was read. */
    interface Sink {
        void message(String text);

        /** The client broke a rule of the protocol; nothing more should be read from it. */
        void violation(CloseCode code, String reason);
    }

    private final int limit;
    private final Sink sink;
    private Buffer partial = Buffer.buffer();

    FrameReader(int limit, Sink sink) {
        this.limit = limit;
        this.sink = sink;
    }

    /** Control frames (RFC 6455, section 5.5) are Vert.x's matter: they may come in between, and are ignored here. */
    void read(WebSocketFrame frame) {
        if (frame.isBinary()) {
            sink.violation(CloseCode.MALFORMED, "binary frames are not part of cloudevents.json");
        } else if (frame.isText() || frame.isContinuation()) {
            append(frame);
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

    private void append(WebSocketFrame frame) {
        Buffer piece = frame.binaryData();
        if (partial.length() + piece.length() > limit) {
            refuse(CloseCode.MESSAGE_TOO_LARGE);
            return;
        }
        partial.appendBuffer(piece);
        if (frame.isFinal()) {
            byte[] message = partial.getBytes();
            partial = Buffer.buffer();
            decode(message);
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
