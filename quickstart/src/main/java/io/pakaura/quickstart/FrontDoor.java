package io.pakaura.quickstart;

import io.pakaura.service.ListenerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the services one origin, like the Ingress in Kubernetes: tasks, MCP and contract go to the task API, the rest
 * to the gateway.
 */
final class FrontDoor {
    private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);
    private static final List<String> API_PATHS = List.of("/tasks", "/mcp", "/openapi.json", "/docs");

    private static final int API_CONNECTIONS = 64;

    /** A request whose body is not there after so long is cut: it holds a connection to a service. */
    private static final long BODY_SECONDS = 10;

    /** Each WebSocket holds a connection of its own for as long as it lives. */
    private static final int GATEWAY_CONNECTIONS = 2_000;

    private final Vertx vertx;
    private final HttpServer server;
    private final DemoTokens tokens;
    private volatile @Nullable Services services;

    /** Where the services are. Only {@code /sync} is ever upgraded. */
    private record Services(HttpProxy api, HttpProxy page, HttpProxy sync) {}

    private FrontDoor(Vertx vertx, DemoTokens tokens) {
        this.vertx = vertx;
        this.tokens = tokens;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(true))
                .requestHandler(this::route);
    }

    /** Opens it before there is anything behind it, so that a port that is taken is told at once. */
    static Future<FrontDoor> open(Vertx vertx, int port, DemoTokens tokens) {
        FrontDoor door = new FrontDoor(vertx, tokens);
        return new ListenerConfig("localhost", port).listen(door.server).map(door);
    }

    /** Says where the services are; until then every request is answered with 503. */
    void leadTo(int apiPort, int gatewayPort) {
        services = new Services(
                proxy(vertx, apiPort, API_CONNECTIONS, false),
                proxy(vertx, gatewayPort, API_CONNECTIONS, false),
                proxy(vertx, gatewayPort, GATEWAY_CONNECTIONS, true));
    }

    private void route(HttpServerRequest request) {
        Services behind = services;
        String path = String.valueOf(request.path());
        if (behind == null) {
            request.response()
                    .setStatusCode(503)
                    .putHeader("Retry-After", "1")
                    .end("Pakaura Sync is starting.\n")
                    .onFailure(gone -> log.debug("the caller went away", gone));
        } else if (path.equals("/demo/token")) {
            tokens.handle(request);
        } else if (API_PATHS.stream().anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"))) {
            cutIfSlow(request);
            behind.api().handle(request);
        } else {
            (path.equals("/sync") ? behind.sync() : behind.page()).handle(request);
        }
    }

    private void cutIfSlow(HttpServerRequest request) {
        if (!hasBody(request)) {
            return;
        }
        vertx.setTimer(BODY_SECONDS * 1_000, late -> {
            if (!request.isEnded()) {
                request.connection().close().onFailure(gone -> log.debug("it was gone already", gone));
            }
        });
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains("Content-Length") || request.headers().contains("Transfer-Encoding");
    }

    /**
     * Connections are not kept: one whose request was given up half sent would fail the next request that gets it. Where
     * upgrades pass they can't say so, since "Connection: close" is no upgrade.
     */
    private static HttpProxy proxy(Vertx vertx, int port, int connections, boolean upgrades) {
        return HttpProxy.reverseProxy(
                        new ProxyOptions().setSupportWebSocket(upgrades),
                        vertx.createHttpClient(
                                new HttpClientOptions().setKeepAlive(upgrades),
                                new PoolOptions().setHttp1MaxSize(connections)))
                .origin(port, "127.0.0.1")
                .addInterceptor(new ForwardedHost(), true);
    }

    /** That a service closes its connection is between it and the door (RFC 9110, section 7.6.1). */
    private static void keepTheCallersConnection(ProxyResponse response) {
        if ("close".equalsIgnoreCase(response.headers().get("Connection"))) {
            response.headers().remove("Connection");
        }
    }

    int port() {
        return server.actualPort();
    }

    Future<Void> close() {
        return server.close();
    }

    /** The proxy rewrites Host; this is how a service learns which one the browser asked for. */
    private static final class ForwardedHost implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            ProxyRequest request = context.request();
            String host = request.proxiedRequest().getHeader("Host");
            request.headers().remove("Expect"); // The door has answered it.
            if (host != null) {
                request.headers().set("X-Forwarded-Host", host);
            }
            return context.sendRequest().onSuccess(FrontDoor::keepTheCallersConnection);
        }
    }
}
