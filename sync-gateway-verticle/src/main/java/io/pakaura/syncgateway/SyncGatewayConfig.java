package io.pakaura.syncgateway;

import io.pakaura.service.ConnectionLimits;
import io.pakaura.service.ListenerConfig;
import io.pakaura.service.OpenFiles;
import io.pakaura.service.OriginPolicy;
import io.pakaura.service.Settings;
import io.pakaura.service.TokenConfig;
import io.pakaura.syncgateway.session.SessionLimits;
import io.pakaura.syncgateway.session.SessionTimes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway runs.
 *
 * @param http the public listener
 * @param ops the listener of the sidecar and of operations
 * @param pubsub the Dapr component to subscribe on
 * @param appToken what the sidecar must show, or {@code null}
 * @param origins whose pages may connect
 * @param drain the longest that an orderly end may take
 * @param eventLoops how many serve the public listener
 * @param outboundBytes what may wait to be written to all sockets together
 * @param connections what connections may cost that are no WebSockets, or not yet
 */
public record SyncGatewayConfig(
        ListenerConfig http,
        ListenerConfig ops,
        TokenConfig tokens,
        String pubsub,
        @Nullable String appToken,
        OriginPolicy origins,
        Duration drain,
        int eventLoops,
        long outboundBytes,
        ConnectionLimits connections,
        SessionTimes times,
        SessionLimits limits) {
    static final int MAX_DRAIN_SECONDS = 600;

    /** What waits for sockets may take this part of the heap's size. It is beside the heap, in direct memory. */
    private static final int OUTBOUND_SHARE = 4;

    /** Of the heap, for each socket: some three times what an idle one takes. */
    private static final int HEAP_OF_SOCKET = 16 * 1024;

    /** Of the files that the process may have open, sockets may be this part. */
    private static final int SHARE_OF_FILES = 2;

    /** The environment, as told in docs; the protocol's own times and limits are no settings. */
    public static SyncGatewayConfig read(Settings settings) {
        ListenerConfig http = ListenerConfig.http(settings, 8090);
        ListenerConfig ops = ListenerConfig.ops(settings, 8091);
        ListenerConfig.requireTwoPorts(settings, http, ops);
        TokenConfig tokens = TokenConfig.read(settings);
        String pubsub = settings.text("DAPR_SUBSCRIBE_PUBSUB_NAME", "pubsub-kafka-broadcast");
        String appToken = settings.optional("APP_API_TOKEN");
        OriginPolicy origins = OriginPolicy.read(settings);
        Duration drain = Duration.ofSeconds(settings.number("DRAIN_SECONDS", 20, 0, MAX_DRAIN_SECONDS));
        int cores = Runtime.getRuntime().availableProcessors();
        int eventLoops = settings.number("EVENT_LOOPS", cores, 1, 256);
        long heap = Runtime.getRuntime().maxMemory();
        long openFiles = OpenFiles.most();
        return settings.build(() -> new SyncGatewayConfig(
                http,
                ops,
                tokens,
                pubsub,
                appToken,
                origins,
                drain,
                eventLoops,
                heap / OUTBOUND_SHARE,
                ConnectionLimits.DEFAULT.within(openFiles, eventLoops),
                SessionTimes.OF_PROTOCOL,
                SessionLimits.OF_PROTOCOL.withSockets(socketsOf(heap, openFiles))));
    }

    /**
     * How many sockets a process bears.
     *
     * @param heap in bytes
     */
    static int socketsOf(long heap, long openFiles) {
        return (int) Math.min(Integer.MAX_VALUE, Math.min(heap / HEAP_OF_SOCKET, openFiles / SHARE_OF_FILES));
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return "SyncGatewayConfig[http=" + http + ", ops=" + ops + ", pubsub=" + pubsub + ", origins=" + origins
                + ", drain=" + drain + ", eventLoops=" + eventLoops + "]";
    }
}
