package io.pakaura.taskapi.task;

import org.jspecify.annotations.Nullable;

/** The store cannot be reached just now; whether a change was made is not known. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
