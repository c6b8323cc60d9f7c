package io.pakaura.taskapi.task;

import org.jspecify.annotations.Nullable;

/**
 * A field of a patch: left alone, or set, perhaps to nothing (RFC 7396).
 *
 * @param isSet whether the patch names the field
 * @param value what it sets, meaningless if it doesn't
 */
public record Field<T>(boolean isSet, @Nullable T value) {

    public static <T> Field<T> unset() {
        return new Field<>(false, null);
    }

    public static <T> Field<T> of(@Nullable T value) {
        return new Field<>(true, value);
    }
}
