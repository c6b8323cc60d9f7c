package io.pakaura.taskapi;

import io.pakaura.publisher.PublisherConfig;
import io.pakaura.publisher.dapr.DaprConfig;
import io.pakaura.service.ConnectionLimits;
import io.pakaura.service.ListenerConfig;
import io.pakaura.service.OpenFiles;
import io.pakaura.service.OriginPolicy;
import io.pakaura.service.Settings;
import io.pakaura.service.TokenConfig;
import io.pakaura.taskapi.http.RateLimitConfig;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * All that the task API can be told.
 *
 * @param http the public listener
 * @param ops the Dapr and operations listener
 * @param origins whose pages may call the API
 * @param rateLimit how often a user may
 * @param connections what a connection may cost; no setting
 * @param tombstoneRetention how long the delta remembers deletions
 * @param eventLoops instances of the verticle
 */
public record TaskApiConfig(
        ListenerConfig http,
        ListenerConfig ops,
        DatabaseConfig database,
        TokenConfig tokens,
        OriginPolicy origins,
        RateLimitConfig rateLimit,
        ConnectionLimits connections,
        PublisherConfig publisher,
        Duration tombstoneRetention,
        int eventLoops) {
    private static final int DEFAULT_HTTP_PORT = 8080;
    private static final int DEFAULT_OPS_PORT = 8081;

    /** Their heartbeats go in one request. */
    private static final int MAX_PARTITIONS = 1_000;

    /** Reads the variables that {@code docs/configuration.md} lists. */
    public static TaskApiConfig read(Settings settings) {
        ListenerConfig http = ListenerConfig.http(settings, DEFAULT_HTTP_PORT);
        ListenerConfig ops = ListenerConfig.ops(settings, DEFAULT_OPS_PORT);
        ListenerConfig.requireTwoPorts(settings, http, ops);
        DatabaseConfig database = DatabaseConfig.read(settings);
        TokenConfig tokens = TokenConfig.read(settings);
        OriginPolicy origins = OriginPolicy.read(settings);
        RateLimitConfig rateLimit = RateLimitConfig.read(settings);
        PublisherConfig publisher = publisher(settings);
        Duration tombstoneRetention = Duration.ofDays(settings.number("TOMBSTONE_RETENTION_DAYS", 30, 1, 3_650));
        int eventLoops = settings.number("EVENT_LOOPS", Runtime.getRuntime().availableProcessors(), 1, 256);
        return settings.build(() -> new TaskApiConfig(
                http,
                ops,
                database,
                tokens,
                origins,
                rateLimit,
                ConnectionLimits.DEFAULT.within(OpenFiles.most(), eventLoops),
                publisher,
                tombstoneRetention,
                eventLoops));
    }

    private static PublisherConfig publisher(Settings settings) {
        DaprConfig dapr = new DaprConfig(
                settings.text("DAPR_HTTP_HOST", DaprConfig.DEFAULT_HOST),
                settings.number("DAPR_HTTP_PORT", DaprConfig.DEFAULT_PORT, 1, 65_535),
                settings.optional("DAPR_API_TOKEN"),
                settings.parsed(
                        "DAPR_PUBLISH_TIMEOUT",
                        Duration.ofSeconds(2),
                        "must be a number of seconds from 0.1 to 10",
                        TaskApiConfig::seconds));
        return new PublisherConfig(
                settings.flag("DAPR_ENABLED", false),
                settings.text("DAPR_PUBSUB_NAME", "pubsub-kafka"),
                settings.number("TASK_UPDATES_PARTITIONS", 1, 1, MAX_PARTITIONS),
                dapr);
    }

    /** Not over 10 s: an outbox row is leased for 15. */
    private static Duration seconds(String text) {
        long millis = new BigDecimal(text).movePointRight(3).longValueExact();
        if (millis < 100 || millis > 10_000) {
            throw new IllegalArgumentException();
        }
        return Duration.ofMillis(millis);
    }
}
