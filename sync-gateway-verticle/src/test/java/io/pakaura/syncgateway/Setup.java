package io.pakaura.syncgateway;

import io.pakaura.service.ConnectionLimits;
import io.pakaura.service.ListenerConfig;
import io.pakaura.service.OriginPolicy;
import io.pakaura.service.TokenConfig;
import io.pakaura.syncgateway.session.SessionLimits;
import io.pakaura.syncgateway.session.SessionTimes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gateway's configuration, to be changed in the one point that a test is about. */
final class Setup {
    static final String SECRET = "a secret of the tests, with more than 32 bytes";

    @Nullable
    String appToken;

    TokenConfig tokens = new TokenConfig(new TokenConfig.Keys.Secret(SECRET), null, null);
    List<String> allowedOrigins = List.of();
    Duration drain = Duration.ofSeconds(20);
    int eventLoops = 2;
    int httpPort = 0;
    long outboundBytes = 1 << 27;

    /** Whether heartbeats come from the beginning on, as they do where a task API runs. */
    boolean heartbeats = true;

    Duration hello = SessionTimes.OF_PROTOCOL.hello();
    Duration hold = SessionTimes.OF_PROTOCOL.hold();
    Duration ping = SessionTimes.OF_PROTOCOL.ping();
    Duration tokenWarning = SessionTimes.OF_PROTOCOL.tokenWarning();
    Duration slowReader = SessionTimes.OF_PROTOCOL.drain();
    Duration closing = SessionTimes.OF_PROTOCOL.closing();
    int sockets = SessionLimits.OF_PROTOCOL.sockets();
    int socketsWithoutHello = SessionLimits.OF_PROTOCOL.socketsWithoutHello();
    int framesPerSecond = SessionLimits.OF_PROTOCOL.framesPerSecond();
    int frameBurst = SessionLimits.OF_PROTOCOL.frameBurst();
    ConnectionLimits connections = ConnectionLimits.DEFAULT;

    SyncGatewayConfig config() {
        SessionLimits limits = SessionLimits.OF_PROTOCOL;
        return new SyncGatewayConfig(
                new ListenerConfig("127.0.0.1", httpPort),
                new ListenerConfig("127.0.0.1", 0),
                tokens,
                "pubsub-of-test",
                appToken,
                new OriginPolicy(allowedOrigins),
                drain,
                eventLoops,
                outboundBytes,
                connections,
                new SessionTimes(hello, hold, ping, tokenWarning, slowReader, closing),
                new SessionLimits(
                        limits.messageBytes(),
                        limits.queuedBytes(),
                        limits.socketsOfUser(),
                        sockets,
                        socketsWithoutHello,
                        framesPerSecond,
                        frameBurst));
    }
}
