package io.pakaura.service;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs what others can cause as often as they like: the first of a kind at once, and then at most a line a minute that says
 * how many more there were. For any thread.
 *
 * @param <K> the kinds; each has its own minutes
 */
public final class FloodLog<K extends Enum<K> & FloodLog.Kind> {
    private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final LongSupplier nanoTime;
    private final Map<K, Flood> floods;

    /** What a line is about. */
    public interface Kind {
        Level level();

        /** What happened, in the plural. */
        String message();
    }

    /** One kind's: nothing is logged until the quiet is over. */
    private static final class Flood {
        private boolean hasBegun;
        private long quietSince;
        private long leftOut;

        private boolean isQuiet(long now) {
            return hasBegun && now - quietSince < QUIET_NANOS;
        }

        /** @return whether it is to be logged now */
        synchronized boolean add(long now) {
            if (leftOut > 0 || isQuiet(now)) {
                leftOut++;
                return false;
            }
            hasBegun = true;
            quietSince = now;
            return true;
        }

        /** @return how many were left out, if it is time to say so, else 0 */
        synchronized long settle(long now) {
            if (isQuiet(now)) {
                return 0;
            }
            if (leftOut > 0) {
                quietSince = now;
            }
            return takeLeftOut();
        }

        synchronized long takeLeftOut() {
            long more = leftOut;
            leftOut = 0;
            return more;
        }
    }

    /**
     * @param kinds all there are
     * @param nanoTime as {@link System#nanoTime}
     */
    public FloodLog(Logger log, Class<K> kinds, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.floods = new EnumMap<>(kinds);
        for (K kind : kinds.getEnumConstants()) {
            floods.put(kind, new Flood());
        }
    }

    /**
     * One more of a kind.
     *
     * @param known adds what is known of this one to its line
     */
    public void add(K kind, UnaryOperator<LoggingEventBuilder> known) {
        Flood flood = floods.get(kind);
        if (flood != null && flood.add(nanoTime.getAsLong())) {
            known.apply(log.atLevel(kind.level())).log(kind.message());
        }
    }

    /** Says what was left out, of the kinds whose minute is over. To be called every few seconds. */
    public void settle() {
        floods.forEach((kind, flood) -> tell(kind, flood.settle(nanoTime.getAsLong())));
    }

    /** Says what is left to be said, whatever the time. */
    public void close() {
        floods.forEach((kind, flood) -> tell(kind, flood.takeLeftOut()));
    }

    private void tell(K kind, long more) {
        if (more > 0) {
            log.atLevel(kind.level()).log("{}: {} more since the last line", kind.message(), more);
        }
    }
}
