package io.pakaura.quickstart;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.pakaura.quickstart.Arrival.Refused;
import io.pakaura.quickstart.Arrival.Whole;
import io.pakaura.service.ConnectionLimits;
import io.pakaura.service.Framing;
import io.pakaura.service.ListenerConfig;
import io.pakaura.service.PublicServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the services one origin, like the Ingress in Kubernetes: tasks, MCP and contract go to the task API, the rest
 * to the gateway. It serves this machine alone: it hands a token to whoever asks.
 */
final class FrontDoor {
    private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);
    private static final List<String> API_PATHS = List.of("/tasks", "/mcp", "/openapi.json", "/docs");

    private static final int API_CONNECTIONS = 64;

    /** Each WebSocket holds a connection of its own for as long as it lives. */
    private static final int GATEWAY_CONNECTIONS = 2_000;

    private final Vertx vertx;
    private final HttpServer server;
    private final DemoTokens tokens;
    private final ConnectionLimits limits;
    private volatile @Nullable Services services;

    /** Where the services are. Only {@code /sync} is ever upgraded. */
    private record Services(HttpProxy api, HttpProxy page, HttpProxy sync) {}

    private FrontDoor(Vertx vertx, DemoTokens tokens, ConnectionLimits limits) {
        this.vertx = vertx;
        this.tokens = tokens;
        this.limits = limits;
        this.server = PublicServer.create(vertx, limits, FrontDoor::refuseUnreadable, this::admit);
    }

    /** Opens it before there is anything behind it, so that a port that is taken is told at once. */
    static Future<FrontDoor> open(Vertx vertx, int port, DemoTokens tokens, ConnectionLimits limits) {
        FrontDoor door = new FrontDoor(vertx, tokens, limits);
        return new ListenerConfig("localhost", port).listen(door.server).map(door);
    }

    /** Says where the services are; until then every request is answered with 503. */
    void leadTo(int apiPort, int gatewayPort) {
        services = new Services(
                proxy(apiPort, API_CONNECTIONS, false),
                proxy(gatewayPort, API_CONNECTIONS, false),
                proxy(gatewayPort, GATEWAY_CONNECTIONS, true));
    }

    private static void refuseUnreadable(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Framing.Fault fault = cause == null ? Framing.faultOf(request) : null;
        Answer problem = Answer.problem(400, "This is not HTTP/1.1.");
        if (fault != null) {
            problem = Answer.problem(400, fault.header(), fault.reason());
        } else if (cause instanceof TooLongHttpLineException) {
            problem = Answer.problem(414, "The request line must not be over 4 KiB.");
        } else if (cause instanceof TooLongHttpHeaderException) {
            problem = Answer.problem(431, "The headers must not be over 8 KiB together.");
        }
        problem.with("Connection", "close").to(request);
        PublicServer.close(request.connection());
    }

    private void admit(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("Host");
        String expected = request.getHeader("Expect");
        if (hosts.size() != 1) {
            Answer.problem(400, "Host", "must be there, once").to(request);
        } else if (!LocalHosts.include(hosts.get(0))) {
            Answer.problem(421, notHere(hosts.get(0))).to(request);
        } else if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            Answer.problem(417, "Of Expect only 100-continue can be met.").to(request);
        } else {
            route(request);
        }
    }

    private String notHere(String host) {
        return "The quickstart is for this machine alone, and does not answer as " + host + ": use http://localhost:"
                + port() + ".";
    }

    private void route(HttpServerRequest request) {
        Services behind = services;
        String path = String.valueOf(request.path());
        if (behind == null) {
            Answer.problem(503, "Pakaura Sync is starting.")
                    .with("Retry-After", "1")
                    .to(request);
        } else if (path.equals("/demo/token")) {
            handOutToken(request);
        } else if (API_PATHS.stream().anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"))) {
            behind.api().handle(request);
        } else {
            (path.equals("/sync") ? behind.sync() : behind.page()).handle(request);
        }
    }

    private void handOutToken(HttpServerRequest request) {
        Arrival.of(request, vertx, limits.body())
                .map(arrival -> arrival instanceof Refused refused
                        ? refused.answer()
                        : tokens.answer(request.method(), ((Whole) arrival).body()))
                .onSuccess(answer -> answer.to(request))
                .onFailure(gone -> log.debug("the caller went away", gone));
    }

    /**
     * Connections are not kept: one whose request was given up half sent would fail the next request that gets it. Where
     * upgrades pass they can't say so, since "Connection: close" is no upgrade.
     */
    private HttpProxy proxy(int port, int connections, boolean upgrades) {
        return HttpProxy.reverseProxy(
                        new ProxyOptions().setSupportWebSocket(upgrades),
                        vertx.createHttpClient(
                                new HttpClientOptions().setKeepAlive(upgrades),
                                new PoolOptions().setHttp1MaxSize(connections)))
                .origin(port, "127.0.0.1")
                .addInterceptor(new Passage(vertx, limits.body()), true);
    }

    int port() {
        return server.actualPort();
    }

    Future<Void> close() {
        return server.close();
    }
}
