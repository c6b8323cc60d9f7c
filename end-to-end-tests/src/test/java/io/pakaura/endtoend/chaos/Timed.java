package io.pakaura.endtoend.chaos;

/**
 * Something that took time.
 *
 * @param begunAt by {@link System#nanoTime}
 * @param nanos how long
 */
record Timed(long begunAt, long nanos) {

    long endedAt() {
        return begunAt + nanos;
    }
}
