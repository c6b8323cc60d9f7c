package io.pakaura.taskapi.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each user, shared by all event loops of the process; who has emptied it gets 429 with the seconds
 * until there is a token again. A bucket is forgotten when it must be full, or when there are {@value #MAX_USERS} others.
 */
public final class RateLimit implements Handler<RoutingContext> {
    private static final int MAX_USERS = 100_000;

    private final RateLimitConfig config;
    private final TimeMeter clock;
    private final Cache<String, Bucket> buckets;

    public RateLimit(RateLimitConfig config) {
        this(config, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(RateLimitConfig config, TimeMeter clock) {
        this.config = config;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_USERS)
                .expireAfterAccess(Duration.ofSeconds(1 + config.burst() / Math.max(1, config.perSecond())))
                .ticker(clock::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /** Behind {@link Authentication}. */
    @Override
    public void handle(RoutingContext context) {
        if (!config.isOff()) {
            take(Authentication.caller(context).user());
        }
        context.next();
    }

    /** Takes a token. */
    void take(String user) {
        ConsumptionProbe probe = buckets.get(user, newcomer -> newBucket()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw ProblemException.of(
                    ProblemType.TOO_MANY_REQUESTS,
                    "more than " + config.perSecond() + " requests a second, after " + config.burst() + " at once",
                    Map.of("Retry-After", Long.toString(wholeSeconds(probe.getNanosToWaitForRefill()))));
        }
    }

    private static long wholeSeconds(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(config.burst()).refillGreedy(config.perSecond(), Duration.ofSeconds(1)))
                .withCustomTimePrecision(clock)
                .build();
    }
}
