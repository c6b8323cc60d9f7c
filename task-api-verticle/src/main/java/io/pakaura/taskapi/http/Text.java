package io.pakaura.taskapi.http;

import com.networknt.schema.Error;

/** Text as people see it. */
final class Text {
    private static final int MAX_REASON = 300;

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

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** A schema error as the end of a sentence that begins with the field's name. A pattern's own words are in the contract. */
    static String reason(Error error) {
        String reason =
                switch (error.getKeyword()) {
                    case "required" -> "is required";
                    case "additionalProperties" -> "is not a known field";
                    case "minLength" -> "must not be empty";
                    default -> error.getMessage();
                };
        return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) + "…" : reason;
    }
}
