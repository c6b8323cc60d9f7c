package io.pakaura.syncgateway.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pakaura.service.Metrics;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What sessions show. For any thread. */
public final class SessionMetrics {
    private static final Duration[] BUCKETS = Metrics.buckets(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000);

    private final InstantSource clock;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter deliveries;
    private final Timer delay;
    private final Counter resyncs;
    private final Map<CloseCode, Counter> closes = new EnumMap<>(CloseCode.class);
    private final Counter cut;
    private final Counter gone;

    public SessionMetrics(InstantSource clock, MeterRegistry registry) {
        this.clock = clock;
        Gauge.builder("sync.sockets", open, AtomicInteger::get)
                .description("Open WebSockets")
                .register(registry);
        this.deliveries = Counter.builder("sync.deliveries")
                .description("Events written to sockets")
                .register(registry);
        this.delay = Timer.builder("sync.delay")
                .description("From an event's time, its change's commit, until it is written to its user's sockets")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.resyncs = Counter.builder("sync.slow.readers")
                .description("How often a client that read too slowly was told to fetch the delta")
                .register(registry);
        for (CloseCode code : CloseCode.values()) {
            closes.put(code, closes(Short.toString(code.code()), registry));
        }
        this.cut = closes("cut", registry);
        this.gone = closes("none", registry);
    }

    /** Shows how many users there are, what waits for their sockets, and how many those may be. */
    public static void show(
            UserChannels channels, OutboundBudget budget, SessionLimits limits, MeterRegistry registry) {
        Gauge.builder("sync.sockets.max", limits, SessionLimits::sockets)
                .description("WebSockets that may be open")
                .register(registry);
        Gauge.builder("sync.users", channels, UserChannels::users)
                .description("Users with a socket that has said hello")
                .register(registry);
        Gauge.builder("sync.queued", budget, OutboundBudget::queued)
                .description("What waits to be written to all sockets")
                .baseUnit("bytes")
                .register(registry);
    }

    private static Counter closes(String code, MeterRegistry registry) {
        return Counter.builder("sync.closes")
                .description(
                        "Ends of sockets, by the gateway's close code; cut if it had no time for one, none if the client left")
                .tag("code", code)
                .register(registry);
    }

    /** How many WebSockets are open. */
    public int open() {
        return open.get();
    }

    void opened() {
        open.incrementAndGet();
    }

    /**
     * @param code {@code null} if it was not the gateway that closed it
     * @param isCut whether the gateway cut the connection
     */
    void closed(@Nullable CloseCode code, boolean isCut) {
        open.decrementAndGet();
        Counter cause = code == null ? null : closes.get(code);
        (cause != null ? cause : isCut ? cut : gone).increment();
    }

    void delivered() {
        deliveries.increment();
    }

    /** @param time the event's, as it says it (RFC 3339); ignored if it is none */
    void written(String time) {
        try {
            Duration since = Duration.between(Instant.parse(time), clock.instant());
            delay.record(since.isNegative() ? Duration.ZERO : since);
        } catch (DateTimeException noTime) {
            // An event is delivered whatever its time is.
        }
    }

    void toldToResync() {
        resyncs.increment();
    }
}
