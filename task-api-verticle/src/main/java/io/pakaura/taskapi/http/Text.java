package io.pakaura.taskapi.http;

/** Text as people see it. */
final class Text {
    private Text() {}

    /** Without white space of any script around it. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** As Unicode has it: Java counts the information separators U+001C to U+001F too, which are control characters. */
    private static boolean isSpace(char c) {
        return Character.isSpaceChar(c) || (Character.isWhitespace(c) && (c < '\u001C' || c > '\u001F'));
    }
}
