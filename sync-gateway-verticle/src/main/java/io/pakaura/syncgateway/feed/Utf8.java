package io.pakaura.syncgateway.feed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether bytes are UTF-8 (RFC 3629). */
final class Utf8 {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    static boolean isValid(byte[] bytes) {
        return isAscii(bytes) || isDecodable(bytes);
    }

    /** Most are. */
    private static boolean isAscii(byte[] bytes) {
        long all = 0;
        int read = 0;
        for (; read <= bytes.length - Long.BYTES; read += Long.BYTES) {
            all |= (long) EIGHT_BYTES.get(bytes, read);
        }
        for (; read < bytes.length; read++) {
            all |= bytes[read];
        }
        return (all & HIGH_BITS) == 0;
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
