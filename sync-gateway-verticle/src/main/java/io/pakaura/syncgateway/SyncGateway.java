package io.pakaura.syncgateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.service.FloodLog;
import io.pakaura.service.ListenerConfig;
import io.pakaura.service.Metrics;
import io.pakaura.service.OperationsListener;
import io.pakaura.service.Service;
import io.pakaura.service.TokenCheck;
import io.pakaura.syncgateway.feed.DaprRoutes;
import io.pakaura.syncgateway.feed.FeedMonitor;
import io.pakaura.syncgateway.http.PublicRoutes;
import io.pakaura.syncgateway.protocol.Json;
import io.pakaura.syncgateway.protocol.MessageCodec;
import io.pakaura.syncgateway.session.Audience;
import io.pakaura.syncgateway.session.Drain;
import io.pakaura.syncgateway.session.OutboundBudget;
import io.pakaura.syncgateway.session.PingFrame;
import io.pakaura.syncgateway.session.SessionEnvironment;
import io.pakaura.syncgateway.session.SessionMetrics;
import io.pakaura.syncgateway.session.Trouble;
import io.pakaura.syncgateway.session.UserChannels;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: puts its parts together, and takes them apart again in order. Used by {@link Main}, by the
 * quickstart and by tests.
 */
public final class SyncGateway implements Service {
    private static final Logger log = LoggerFactory.getLogger(SyncGateway.class);

    private final Vertx vertx;
    private final SyncGatewayConfig config;
    private final Metrics metrics = new Metrics();
    private final FeedMonitor feed;
    private final DaprRoutes daprRoutes;
    private final TokenCheck tokens;
    private final List<SyncGatewayVerticle> loops;
    private final List<String> deployments = new ArrayList<>();
    private final FloodLog<Trouble> troubles;
    private volatile int opsPort;
    private @Nullable Future<Void> closing;
    private volatile boolean listening;

    private SyncGateway(Vertx vertx, SyncGatewayConfig config) {
        this.vertx = vertx;
        this.config = config;
        ObjectMapper json = Json.mapper();
        Clock clock = Clock.systemUTC();
        var sessionMetrics = new SessionMetrics(clock, metrics.registry());
        var channels = new UserChannels(config.limits().socketsOfUser(), sessionMetrics);
        var codec = new MessageCodec(json, clock);
        var audience = new Audience(codec);
        this.feed = new FeedMonitor(vertx, audience, metrics.registry(), System::nanoTime);
        this.daprRoutes = new DaprRoutes(config.pubsub(), config.appToken(), channels, feed, json);
        this.tokens = TokenCheck.start(vertx, config.tokens(), clock);
        this.troubles = new FloodLog<>(log, Trouble.class, System::nanoTime);
        var routes = new PublicRoutes(vertx, config.origins(), troubles, json);
        var ping = new PingFrame(codec, config.times().ping(), System::nanoTime);
        var environment = new SessionEnvironment(
                vertx,
                codec,
                tokens,
                channels,
                audience,
                ping,
                sessionMetrics,
                troubles,
                config.times(),
                config.limits(),
                clock);
        Drain drain = new Drain(config.drain(), sessionMetrics::open);
        var budget = new OutboundBudget(config.outboundBytes());
        SessionMetrics.show(channels, budget, config.limits(), metrics.registry());
        ListenerConfig http = config.http().shared();
        this.loops = IntStream.range(0, config.eventLoops())
                .mapToObj(loop -> new SyncGatewayVerticle(
                        http, config.connections(), routes, environment, drain, budget, metrics))
                .toList();
    }

    /**
     * Starts a gateway. The sidecar's listener opens last, as an event needs the event loops to be there.
     *
     * @return fails if a port is taken; nothing is left running then
     */
    public static Future<SyncGateway> start(Vertx vertx, SyncGatewayConfig config) {
        SyncGateway gateway = new SyncGateway(vertx, config);
        return gateway.open().map(gateway).recover(failure -> gateway.close()
                .transform(closed -> Future.failedFuture(failure)));
    }

    private Future<Void> open() {
        feed.start();
        return Future.join(loops.stream().map(this::deploy).toList())
                .onSuccess(deployed -> listening = true)
                .compose(deployed -> listenToSidecar())
                .onSuccess(opened -> warnIfOpen())
                .mapEmpty();
    }

    private Future<?> listenToSidecar() {
        ListenerConfig ops = config.ops().shared();
        HealthChecks readiness = readiness();
        return Future.join(loops.stream()
                        .map(loop -> loop.listenToSidecar(ops, readiness, daprRoutes::before))
                        .toList())
                .onSuccess(listeners ->
                        opsPort = listeners.<OperationsListener>resultAt(0).port());
    }

    private void warnIfOpen() {
        if (config.appToken() == null) {
            log.warn("APP_API_TOKEN is not set: whoever reaches the operations port can send events");
        }
    }

    private Future<String> deploy(SyncGatewayVerticle loop) {
        return vertx.deployVerticle(loop).onSuccess(deployments::add);
    }

    private HealthChecks readiness() {
        HealthChecks checks = HealthChecks.create(vertx);
        register(checks, "listening", () -> listening);
        // A sidecar asks for the subscription once in its life; this container may have been restarted beside it.
        register(checks, "subscribed", () -> daprRoutes.isSubscribed() || feed.isProved());
        register(checks, "feed", feed::isProved);
        tokens.addTo(checks);
        return checks;
    }

    private static void register(HealthChecks checks, String name, BooleanSupplier isGood) {
        checks.register(name, asked -> asked.complete(isGood.getAsBoolean() ? Status.OK() : Status.KO()));
    }

    /** The public port that was bound. */
    public int httpPort() {
        return loops.get(0).port();
    }

    /** The port of the sidecar and of operations that was bound. */
    public int opsPort() {
        return opsPort;
    }

    @Override
    public String describe() {
        return "sync gateway on port " + httpPort() + ", its sidecar's and operations on port " + opsPort();
    }

    /**
     * Turns readiness off, sends the clients away, and closes the listeners, the sidecar's too, once they are gone, or had
     * their time: clients get their events as long as they are there. A second call changes nothing.
     *
     * @return the same for each call
     */
    @Override
    public synchronized Future<Void> close() {
        listening = false;
        if (closing == null) {
            closing = end();
        }
        return closing;
    }

    private Future<Void> end() {
        return Future.join(loops.stream().map(SyncGatewayVerticle::drain).toList())
                .eventually(() ->
                        Future.join(deployments.stream().map(vertx::undeploy).toList()))
                .eventually(tokens::close)
                .onComplete(closed -> {
                    troubles.close();
                    feed.close();
                    metrics.close();
                })
                .mapEmpty();
    }
}
