package io.pakaura.syncgateway;

import io.pakaura.service.ListenerConfig;
import io.pakaura.service.Settings;
import io.pakaura.service.TokenConfig;
import io.pakaura.syncgateway.http.OriginPolicy;
import io.pakaura.syncgateway.session.SessionLimits;
import io.pakaura.syncgateway.session.SessionTimes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway runs.
 *
 * @param http the public listener
 * @param ops the listener of the sidecar and of operations
 * @param pubsub the Dapr component to subscribe on
 * @param appToken what the sidecar must show, or {@code null}
 * @param allowedOrigins whose pages may connect, besides our own
 * @param drain the longest that an orderly end may take
 * @param eventLoops how many serve the public listener
 */
public record SyncGatewayConfig(
        ListenerConfig http,
        ListenerConfig ops,
        TokenConfig tokens,
        String pubsub,
        @Nullable String appToken,
        List<String> allowedOrigins,
        Duration drain,
        int eventLoops,
        SessionTimes times,
        SessionLimits limits) {
    static final int MAX_DRAIN_SECONDS = 600;

    /** The environment, as told in docs; the protocol's own times and limits are no settings. */
    public static SyncGatewayConfig read(Settings settings) {
        ListenerConfig http = ListenerConfig.http(settings, 8090);
        ListenerConfig ops = ListenerConfig.ops(settings, 8091);
        ListenerConfig.requireTwoPorts(settings, http, ops);
        TokenConfig tokens = TokenConfig.read(settings);
        String pubsub = settings.text("DAPR_SUBSCRIBE_PUBSUB_NAME", "pubsub-kafka-broadcast");
        String appToken = settings.optional("APP_API_TOKEN");
        List<String> origins = origins(settings);
        Duration drain = Duration.ofSeconds(settings.number("DRAIN_SECONDS", 20, 0, MAX_DRAIN_SECONDS));
        int cores = Runtime.getRuntime().availableProcessors();
        int eventLoops = settings.number("EVENT_LOOPS", cores, 1, 256);
        return settings.build(() -> new SyncGatewayConfig(
                http,
                ops,
                tokens,
                pubsub,
                appToken,
                origins,
                drain,
                eventLoops,
                SessionTimes.OF_PROTOCOL,
                SessionLimits.OF_PROTOCOL));
    }

    private static List<String> origins(Settings settings) {
        List<String> origins = settings.list("ALLOWED_ORIGINS");
        return settings.parsed(
                "ALLOWED_ORIGINS",
                List.of(),
                "must be origins such as https://app.example.com, separated by commas",
                all -> origins.stream().map(OriginPolicy::parse).toList());
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return "SyncGatewayConfig[http=" + http + ", ops=" + ops + ", pubsub=" + pubsub + ", allowedOrigins="
                + allowedOrigins + ", drain=" + drain + ", eventLoops=" + eventLoops + "]";
    }
}
