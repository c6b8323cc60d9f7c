package io.pakaura.daprstandin;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Escapes in JSON as Go writes them: the same characters to whoever parses it, and the same bytes to who doesn't. */
final class GoEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;
    private static final String SHORT = "\b\t\n\f\r";

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        for (char c = 0; c < ' '; c++) {
            codes[c] = SHORT.indexOf(c) < 0 ? ESCAPE_CUSTOM : codes[c];
        }
        for (char c : new char[] {'<', '>', '&'}) {
            codes[c] = ESCAPE_CUSTOM;
        }
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        boolean ascii = character < 0x80;
        return ascii || character == 0x2028 || character == 0x2029
                ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", character))
                : null;
    }
}
