package io.pakaura.daprstandin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * One sidecar for one app: takes its publishes and delivers what it subscribes to, through a {@link Broker} that it shares
 * with the other sidecars of the process. It works on the broker's event loop; its methods may be called from any thread.
 */
public final class DaprStandIn {

    /** To one app; each partition of each subscription has one delivery at a time. */
    private static final int MAX_CONNECTIONS = 64;

    private final Broker broker;
    private final HttpServer server;
    private final @Nullable AppChannel app;
    private final @Nullable Subscriptions subscriptions;

    private DaprStandIn(Vertx vertx, Broker broker, DaprStandInConfig config) {
        this.broker = broker;
        this.server = vertx.createHttpServer()
                .requestHandler(new SidecarApi(broker, config, Clock.systemUTC()).router(vertx));
        this.app = config.app() == null ? null : new AppChannel(vertx, config.app(), config.appId(), MAX_CONNECTIONS);
        this.subscriptions = app == null ? null : new Subscriptions(vertx, broker, config, app);
    }

    /**
     * Starts a sidecar, which from now on asks its app for subscriptions until the app answers. The future completes when the
     * port is open, and fails if it can't be.
     */
    public static Future<DaprStandIn> start(Vertx vertx, Broker broker, DaprStandInConfig config) {
        return Broker.on(broker.context(), () -> {
            DaprStandIn sidecar = new DaprStandIn(vertx, broker, config);
            return sidecar.server
                    .listen(config.port(), config.host())
                    .onFailure(taken -> sidecar.leave())
                    .map(listening -> sidecar.subscribe());
        });
    }

    private DaprStandIn subscribe() {
        if (subscriptions != null) {
            subscriptions.start();
        }
        return this;
    }

    /** The port of its HTTP API. */
    public int port() {
        return server.actualPort();
    }

    /** Leaves its consumer groups and closes its port; a delivery under way may be repeated, here or elsewhere. */
    public Future<Void> close() {
        return Broker.on(broker.context(), () -> {
            leave();
            return server.close();
        });
    }

    private void leave() {
        if (subscriptions != null) {
            subscriptions.close();
        }
        if (app != null) {
            app.close();
        }
    }
}
