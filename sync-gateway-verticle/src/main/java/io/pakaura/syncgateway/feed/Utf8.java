package io.pakaura.syncgateway.feed;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether bytes are UTF-8 (RFC 3629). */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] bytes) {
        return isAscii(bytes) || isDecodable(bytes);
    }

    /** Most are, and this is a loop that the JVM turns into a few wide instructions. */
    private static boolean isAscii(byte[] bytes) {
        int all = 0;
        for (byte each : bytes) {
            all |= each;
        }
        return all >= 0;
    }

    private static boolean isDecodable(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
