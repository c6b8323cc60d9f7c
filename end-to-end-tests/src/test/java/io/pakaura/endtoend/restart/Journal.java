package io.pakaura.endtoend.restart;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What all clients went through, with times by {@link System#nanoTime}. For any thread. */
final class Journal {

    /**
     * A client's way from one gateway to another.
     *
     * @param toldAt when it was told to go
     * @param hintMs how long after that it was to reconnect
     * @param lostAt when it had no gateway any more
     * @param welcomedAt when it had one again
     */
    record Move(long toldAt, long hintMs, long lostAt, long welcomedAt) {

        long gapMs() {
            return TimeUnit.NANOSECONDS.toMillis(welcomedAt - lostAt);
        }

        /** How long after its time it was welcomed. */
        long lateMs() {
            return TimeUnit.NANOSECONDS.toMillis(welcomedAt - toldAt) - hintMs;
        }
    }

    private final Queue<Move> moves = new ConcurrentLinkedQueue<>();
    private final Queue<Long> connects = new ConcurrentLinkedQueue<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final AtomicInteger gaps = new AtomicInteger();

    void moved(Move move) {
        moves.add(move);
    }

    /** A client tries to connect, now. */
    void connects() {
        connects.add(System.nanoTime());
    }

    /** What no orderly restart brings. */
    void surprise(String what) {
        surprises.add(what);
    }

    /** Something was missing in the stream of events, and fetched. */
    void gap() {
        gaps.incrementAndGet();
    }

    int gaps() {
        return gaps.get();
    }

    List<Move> moves() {
        return List.copyOf(moves);
    }

    List<String> surprises() {
        return List.copyOf(surprises);
    }

    /** Attempts to connect from then on. */
    List<Long> connectsSince(long nanoTime) {
        return connects.stream().filter(at -> at - nanoTime >= 0).sorted().toList();
    }
}
