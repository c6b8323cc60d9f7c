package io.pakaura.service;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.spi.context.storage.AccessMode;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What ties a request to its log lines, its events and everybody who handles them.
 *
 * @param id the correlation id: the caller's own if it sent a sane one, else a new UUID
 * @param traceparent the caller's trace continued with a span of ours, or a new trace (W3C Trace Context, section 3.2)
 */
public record Correlation(String id, String traceparent) {
    /** Header of requests and responses. */
    public static final String HEADER = "X-Correlation-Id";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** Continues what a caller sent; what is missing or not sane is made anew. */
    public static Correlation continuing(@Nullable String callersId, @Nullable String callersTraceparent) {
        String id = callersId != null && SANE.matcher(callersId).matches()
                ? callersId
                : UUID.randomUUID().toString();
        return new Correlation(id, nextTraceparent(callersTraceparent));
    }

    /**
     * Makes this the correlation of the request that runs now: every log line of its Vert.x context carries it. Must be
     * called on the request's own (duplicated) context.
     */
    public void makeCurrent() {
        var context = Vertx.currentContext();
        if (context instanceof ContextInternal internal && internal.isDuplicate()) {
            internal.putLocal(CorrelationLocal.CURRENT, AccessMode.CONCURRENT, this);
        }
    }

    /** The correlation of the running request, or {@code null} outside of one. */
    public static @Nullable Correlation current() {
        var context = Vertx.currentContext();
        return context instanceof ContextInternal internal
                ? internal.getLocal(CorrelationLocal.CURRENT, AccessMode.CONCURRENT)
                : null;
    }

    private static String nextTraceparent(@Nullable String callers) {
        var random = ThreadLocalRandom.current();
        if (callers != null && TRACEPARENT.matcher(callers).matches()) {
            return callers.substring(0, 36) + hex(nonZero(random)) + callers.substring(52);
        }
        return "00-" + hex(nonZero(random)) + hex(random.nextLong()) + "-" + hex(nonZero(random)) + "-01";
    }

    private static long nonZero(ThreadLocalRandom random) {
        long value = random.nextLong();
        return value == 0 ? 1 : value;
    }

    private static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
