package io.pakaura.taskapi.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.pakaura.service.ConnectionLimits;
import io.pakaura.service.OriginPolicy;
import io.pakaura.service.TokenCheck;
import io.pakaura.taskapi.http.Contract.Operation;
import io.pakaura.taskapi.task.TaskService;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.handler.PlatformHandler;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mounts a handler for every operation of the contract, and none that isn't in it. */
public final class ApiRouter {
    private static final Logger log = LoggerFactory.getLogger(ApiRouter.class);
    private static final long MAX_BODY_BYTES = 64 * 1024;

    private final Contract contract;
    private final Gates gates;
    private final Map<String, OperationHandler> handlers;

    /**
     * What a request passes on its way to a handler.
     *
     * @param measure of all requests
     * @param bodyDeadline does its body come in time
     * @param origins may the page that sends it call us
     * @param authentication who calls
     * @param rateLimit do they call too often
     */
    private record Gates(
            RequestMetrics measure,
            BodyDeadline bodyDeadline,
            CrossOrigin origins,
            Authentication authentication,
            RateLimit rateLimit) {}

    /** All of the API, put together. Safe on any thread. */
    public static ApiRouter of(
            Contract contract,
            Documentation documentation,
            TokenCheck tokens,
            TaskService tasks,
            MessageHandler mcp,
            Protection protection,
            MeterRegistry meters) {
        Map<String, OperationHandler> handlers = new HashMap<>();
        handlers.putAll(documentation.operations(protection.unread()));
        handlers.putAll(new TaskRoutes(tasks, protection.unread()).operations());
        handlers.putAll(new McpRoute(mcp, protection.unread()).operations());
        Gates gates = new Gates(
                new RequestMetrics(meters),
                new BodyDeadline(protection.connections().body()),
                new CrossOrigin(protection.origins()),
                new Authentication(tokens),
                protection.rateLimit());
        return new ApiRouter(contract, gates, handlers);
    }

    /**
     * What keeps one caller from harming another.
     *
     * @param origins whose pages may call the API
     * @param rateLimit how often a user may
     * @param unread how much may wait to be read
     * @param connections what a connection may cost
     */
    public record Protection(
            OriginPolicy origins, RateLimit rateLimit, UnreadPages unread, ConnectionLimits connections) {}

    /**
     * @param handlers by the ids of their operations
     * @throws IllegalStateException if contract and handlers don't name the same operations
     */
    private ApiRouter(Contract contract, Gates gates, Map<String, OperationHandler> handlers) {
        this.contract = contract;
        this.gates = gates;
        this.handlers = Map.copyOf(handlers);
        requireSameOperations();
    }

    /** The router of the public listener of one event loop. */
    public Router create(Vertx vertx) {
        Router router = Router.router(vertx);
        FailureHandler failures = new FailureHandler();
        router.route()
                .handler(new CorrelationHandler())
                .handler(gates.measure())
                .handler((PlatformHandler) ApiRouter::requireReadableTarget)
                .handler(gates.bodyDeadline())
                .handler(gates.origins())
                .failureHandler(failures);
        for (int status : new int[] {400, 404, 500}) {
            router.errorHandler(status, failures);
        }
        router.route(McpRoute.PATH).handler(gates.origins()::requireAllowed);
        allowedMethods().forEach((path, allowed) -> mount(router, path, allowed));
        return router;
    }

    /** All of a path before the next one: a path with a parameter would take the other methods of a fixed one. */
    private void mount(Router router, String path, String allowed) {
        contract.operations().stream()
                .filter(operation -> operation.path().equals(path))
                .forEach(operation -> mount(router, operation));
        router.route(routePath(path)).handler(otherMethods(allowed));
    }

    /** Two routes for an operation: no byte of a body is read before it is known who sends it. */
    private void mount(Router router, Operation operation) {
        Route before = route(router, operation).handler((PlatformHandler) context -> {
            RequestMetrics.isFor(context, operation);
            context.next();
        });
        if (!operation.isPublic()) {
            before.handler(gates.authentication()).handler(gates.rateLimit());
        }
        RequestValidation validation = new RequestValidation(operation);
        if (!operation.bodies().isEmpty()) {
            before.handler(validation::requireMediaType);
            route(router, operation).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        } else {
            before.handler(ApiRouter::requireSmallBody);
        }
        OperationHandler handler = Objects.requireNonNull(handlers.get(operation.id()));
        route(router, operation).handler(validation).handler(context -> serve(context, handler));
    }

    /** What can be read can be asked for its headers alone (RFC 9110, section 9.3.2); Vert.x leaves the content out. */
    private static Route route(Router router, Operation operation) {
        Route route = router.route(operation.method(), routePath(operation.path()));
        return operation.method().equals(HttpMethod.GET) ? route.method(HttpMethod.HEAD) : route;
    }

    /** As Vert.x writes it. */
    private static String routePath(String path) {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }

    /** By path, in the order of the document. */
    private Map<String, String> allowedMethods() {
        Map<String, String> allowed = new LinkedHashMap<>();
        contract.operations().forEach(operation -> {
            String method = operation.method().name();
            allowed.merge(
                    operation.path(), method.equals("GET") ? "GET, HEAD" : method, (one, two) -> one + ", " + two);
        });
        return allowed;
    }

    private static Handler<RoutingContext> otherMethods(String allowed) {
        return context -> {
            if (!context.request().method().equals(HttpMethod.OPTIONS)) {
                throw ProblemException.of(
                        ProblemType.METHOD_NOT_ALLOWED,
                        context.request().method() + " is not a method of this path",
                        Map.of("Allow", allowed));
            }
            context.response()
                    .setStatusCode(204)
                    .putHeader("Allow", allowed)
                    .end()
                    .onFailure(gone -> log.debug("the caller went away", gone));
        };
    }

    /** Vert.x would answer both with a fault of ours, and with a stack trace in the log for whoever likes to make one. */
    private static void requireReadableTarget(RoutingContext context) {
        try {
            Objects.requireNonNull(context.normalizedPath());
        } catch (IllegalArgumentException unreadable) {
            throw ProblemException.invalid("path", "is not percent-encoded UTF-8");
        }
        try {
            Objects.requireNonNull(context.queryParams());
        } catch (RuntimeException unreadable) {
            throw ProblemException.invalid("query", "is not percent-encoded UTF-8");
        }
        context.next();
    }

    /** A body that nobody reads is let pass, but not any length of it. */
    private static void requireSmallBody(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > MAX_BODY_BYTES) {
            throw new HttpException(ProblemType.TOO_LARGE.status());
        }
        context.next();
    }

    private static void serve(RoutingContext context, OperationHandler handler) {
        handler.serve(context, context.get(ValidRequest.KEY)).onFailure(context::fail);
    }

    private void requireSameOperations() {
        TreeSet<String> documented = new TreeSet<>();
        contract.operations().forEach(operation -> documented.add(operation.id()));
        if (!documented.equals(new TreeSet<>(handlers.keySet()))) {
            throw new IllegalStateException("the contract has the operations " + documented + ", the code has "
                    + new TreeSet<>(handlers.keySet()));
        }
    }
}
