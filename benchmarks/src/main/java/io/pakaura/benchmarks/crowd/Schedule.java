package io.pakaura.benchmarks.crowd;

/**
 * When the events of a run are due: {@code burst} at once, so often that there are {@code perSecond} in the long run.
 *
 * @param firstNumber of the first event; the others count on from there
 * @param start when the first is due, by {@link System#nanoTime}
 */
record Schedule(long firstNumber, int events, long start, int perSecond, int burst) {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** When the event of that number is due, by {@link System#nanoTime}. */
    long due(long number) {
        long burstsBefore = (number - firstNumber) / burst;
        return start + burstsBefore * burst * NANOS_PER_SECOND / perSecond;
    }

    /** Whose turn it is: all of a burst are one user's. */
    int userOf(long number, int users) {
        return (int) ((number - firstNumber) / burst % users);
    }

    boolean owns(long number) {
        return number >= firstNumber && number < firstNumber + events;
    }
}
