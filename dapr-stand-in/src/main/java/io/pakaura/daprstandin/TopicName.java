package io.pakaura.daprstandin;

import java.util.regex.Pattern;

/** What Kafka takes for a topic's name, which makes it safe as a file's name too. */
final class TopicName {

    /** How the names of topics begin that the broker keeps for itself. */
    static final String INTERNAL = "__";

    private static final Pattern LEGAL = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    private TopicName() {}

    static boolean isLegal(String name) {
        return LEGAL.matcher(name).matches() && !name.startsWith(INTERNAL);
    }
}
