package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

class FrameReaderTest {
    private static final int LIMIT = 500;

    private final List<String> heard = new ArrayList<>();
    private FrameReader reader = new FrameReader(LIMIT, new Hearer());

    private final class Hearer implements FrameReader.Sink {
        @Override
        public void message(String text) {
            heard.add(text);
        }

        @Override
        public void violation(CloseCode code, String reason) {
            heard.add(code.name());
        }
    }

    @BeforeTry
    void startAnew() {
        heard.clear();
        reader = new FrameReader(LIMIT, new Hearer());
    }

    private void readInPieces(byte[] message, List<Integer> sizes) {
        reader.read(new TextWebSocketFrame(false, 0, ""));
        int from = 0;
        for (int size : sizes) {
            int to = Math.min(message.length, from + size);
            reader.read(new PingWebSocketFrame(Unpooled.copiedBuffer("in between", StandardCharsets.UTF_8)));
            reader.read(new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(message, from, to - from)));
            from = to;
        }
        reader.read(
                new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(message, from, message.length - from)));
    }

    @Property
    void a_text_is_the_same_wherever_it_is_cut(
            @ForAll @Size(max = 120) List<Character> characters, @ForAll List<@IntRange(max = 40) Integer> sizes) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        readInPieces(bytes, sizes);
        assertThat(heard).containsExactly(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property
    void bytes_are_text_if_they_are_utf_8_and_nothing_else(
            @ForAll @Size(max = 12) byte[] bytes, @ForAll List<@IntRange(max = 4) Integer> sizes) {
        readInPieces(bytes, sizes);
        assertThat(heard).containsExactly(strictly(bytes));
    }

    private static String strictly(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return "MALFORMED";
        }
    }

    @Property
    void a_message_that_is_too_large_is_told_with_the_piece_that_makes_it_so(
            @ForAll @IntRange(min = LIMIT + 1, max = 2 * LIMIT) int bytes,
            @ForAll @IntRange(min = 1, max = LIMIT) int size) {
        reader.read(new TextWebSocketFrame(false, 0, "x".repeat(size)));
        int sent = size;
        while (heard.isEmpty()) {
            int next = Math.min(size, Math.max(1, bytes - sent));
            reader.read(new ContinuationWebSocketFrame(false, 0, "x".repeat(next)));
            sent += next;
        }
        assertThat(heard).containsExactly("MESSAGE_TOO_LARGE");
        assertThat(sent).isBetween(LIMIT + 1, LIMIT + size);
    }
}
