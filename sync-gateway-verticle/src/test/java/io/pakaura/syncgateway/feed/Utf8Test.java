package io.pakaura.syncgateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Utf8Test {
    private static final int LENGTH = 20; // Two steps of eight bytes, and four that are left.

    static IntStream places() {
        return IntStream.range(0, LENGTH);
    }

    @Test
    void ascii_of_any_length_is_valid() {
        for (int length = 0; length < 2 * LENGTH; length++) {
            assertThat(Utf8.isValid("~".repeat(length).getBytes(StandardCharsets.US_ASCII)))
                    .as("%d bytes", length)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_byte_that_is_never_in_utf_8_is_found_wherever_it_is(int place) {
        byte[] text = "a".repeat(LENGTH).getBytes(StandardCharsets.US_ASCII);
        text[place] = (byte) 0xff;

        assertThat(Utf8.isValid(text)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("places")
    void other_letters_are_valid_wherever_they_are(int place) {
        String text = "a".repeat(place) + "ä漢🎉" + "a".repeat(LENGTH - place);

        assertThat(Utf8.isValid(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }
}
