package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
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
        reader.read(WebSocketFrame.textFrame("", false));
        int from = 0;
        for (int size : sizes) {
            int to = Math.min(message.length, from + size);
            reader.read(WebSocketFrame.pingFrame(Buffer.buffer("in between")));
            reader.read(WebSocketFrame.continuationFrame(Buffer.buffer(message).slice(from, to), false));
            from = to;
        }
        reader.read(WebSocketFrame.continuationFrame(Buffer.buffer(message).slice(from, message.length), true));
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
        reader.read(WebSocketFrame.textFrame("x".repeat(size), false));
        int sent = size;
        while (heard.isEmpty()) {
            int next = Math.min(size, Math.max(1, bytes - sent));
            reader.read(WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(next)), false));
            sent += next;
        }
        assertThat(heard).containsExactly("MESSAGE_TOO_LARGE");
        assertThat(sent).isBetween(LIMIT + 1, LIMIT + size);
    }
}
