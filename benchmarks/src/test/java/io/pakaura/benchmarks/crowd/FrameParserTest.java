package io.pakaura.benchmarks.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {
    private static final int FINAL_TEXT = 0x81;

    private final List<String> seen = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 836, 65_535, 65_536})
    void a_frame_of_any_length_is_read(int length) {
        ByteBuffer frame = frame("x".repeat(length));

        FrameParser.parse(frame, this::see);

        assertThat(seen).containsExactly("x".repeat(length));
        assertThat(frame.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 127})
    void what_is_not_all_there_stays_in_the_buffer(int missing) {
        ByteBuffer first = frame("first");
        ByteBuffer second = frame("x".repeat(126));
        ByteBuffer both = ByteBuffer.allocate(200).put(first).put(second).flip();
        int end = both.limit();
        both.limit(end - missing);

        FrameParser.parse(both, this::see);
        assertThat(seen).containsExactly("first");
        both.limit(end);
        FrameParser.parse(both, this::see);

        assertThat(seen).containsExactly("first", "x".repeat(126));
    }

    @Test
    void a_part_of_a_message_is_refused() {
        ByteBuffer part = ByteBuffer.wrap(new byte[] {0x01, 0x00});

        assertThatThrownBy(() -> FrameParser.parse(part, this::see)).hasMessageContaining("not final");
    }

    @Test
    void an_event_is_known_by_its_number() {
        byte[] event = SampleEvent.bytes(SampleEvent.text("user-00001"));
        SampleEvent.putNumber(event, SampleEvent.revisionAt(), 1_234_567_890);

        assertThat(event).hasSize(SampleEvent.BYTES);
        assertThat(SampleEvent.number(ByteBuffer.wrap(event), 0)).isEqualTo(1_234_567_890);
        assertThat(new String(event, StandardCharsets.UTF_8))
                .startsWith("{\"data\":{\"action\":\"updated\",\"revision\":1234567890,");
    }

    private void see(int opcode, ByteBuffer buffer, int start, int length) {
        assertThat(opcode).isEqualTo(FrameParser.TEXT);
        seen.add(FrameParser.text(buffer, start, length));
    }

    private static ByteBuffer frame(String text) {
        ByteBuffer frame = ByteBuffer.allocate(text.length() + 10).put((byte) FINAL_TEXT);
        if (text.length() < 126) {
            frame.put((byte) text.length());
        } else if (text.length() < 65_536) {
            frame.put((byte) 126).putShort((short) text.length());
        } else {
            frame.put((byte) 127).putLong(text.length());
        }
        return frame.put(text.getBytes(StandardCharsets.UTF_8)).flip();
    }
}
