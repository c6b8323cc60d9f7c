package io.pakaura.taskapi.task;

import java.util.Locale;

/** How urgent a task is. */
public enum Priority {
    NONE,
    LOW,
    MEDIUM,
    HIGH;

    /** As it stands in JSON and in the database. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such priority */
    public static Priority ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
