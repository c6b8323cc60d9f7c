package io.pakaura.endtoend.chaos;

import org.jspecify.annotations.Nullable;

/**
 * What came of a write.
 *
 * @param api where it was sent
 * @param taskId what it was about, if that is known
 * @param time from when it was sent until the answer was there to its last byte, or none was to be expected any more
 * @param status 0 if there was no answer
 * @param revision the answered {@code Sync-Revision}; 0 if there was none
 * @param cleared how many tasks a clear has deleted
 */
record Answer(
        String api,
        Write.Kind kind,
        String user,
        @Nullable String taskId,
        Timed time,
        int status,
        long revision,
        int cleared) {

    /** The change is committed, and somebody was told so. */
    boolean isPromise() {
        return status >= 200 && status < 300;
    }

    /** No fault of the service's: what it was about was deleted by another request in the meantime. */
    boolean isFailed() {
        return !isPromise() && status != 404;
    }
}
