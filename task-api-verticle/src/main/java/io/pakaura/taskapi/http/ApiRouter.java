package io.pakaura.taskapi.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.service.TokenCheck;
import io.pakaura.taskapi.http.Contract.Operation;
import io.pakaura.taskapi.task.TaskService;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Mounts a handler for every operation of the contract, and none that isn't in it. */
public final class ApiRouter {
    private static final long MAX_BODY_BYTES = 64 * 1024;

    private ApiRouter() {}

    /**
     * The router of the public listener.
     *
     * @throws IllegalStateException if contract and handlers don't name the same operations
     */
    public static Router create(Vertx vertx, Contract contract, TokenCheck tokens, TaskService tasks) {
        Map<String, TaskRoutes.Operation> handlers = new HashMap<>(new TaskRoutes(tasks).operations());
        handlers.put("getContract", contractHandler(contract));
        requireSameOperations(contract, handlers);

        Router router = Router.router(vertx);
        FailureHandler failures = new FailureHandler();
        router.route()
                .handler(new CorrelationHandler())
                .handler((PlatformHandler) ApiRouter::requireReadablePath)
                .failureHandler(failures);
        for (int status : new int[] {400, 404, 500}) {
            router.errorHandler(status, failures);
        }
        Authentication authentication = new Authentication(tokens);
        for (Operation operation : contract.operations()) {
            mount(router, operation, authentication, Objects.requireNonNull(handlers.get(operation.id())));
        }
        allowedMethods(contract)
                .forEach((path, allowed) -> router.route(routePath(path)).handler(context -> {
                    throw ProblemException.of(
                            ProblemType.METHOD_NOT_ALLOWED,
                            context.request().method() + " is not a method of this path",
                            Map.of("Allow", allowed));
                }));
        return router;
    }

    /** Two routes for an operation: no byte of a body is read before it is known who sends it. */
    private static void mount(
            Router router, Operation operation, Authentication authentication, TaskRoutes.Operation handler) {
        String path = routePath(operation.path());
        if (!operation.isPublic()) {
            router.route(operation.method(), path).handler(authentication);
        }
        Route route = router.route(operation.method(), path);
        if (!operation.bodies().isEmpty()) {
            route.handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        }
        route.handler(new RequestValidation(operation)).handler(context -> serve(context, handler));
    }

    /** As Vert.x writes it. */
    private static String routePath(String path) {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }

    /** By path, in the order of the document. */
    private static Map<String, String> allowedMethods(Contract contract) {
        Map<String, String> allowed = new LinkedHashMap<>();
        contract.operations()
                .forEach(operation ->
                        allowed.merge(operation.path(), operation.method().name(), (one, other) -> one + ", " + other));
        return allowed;
    }

    /** Vert.x would answer this too, but with a stack trace in the log for whoever likes to make one. */
    private static void requireReadablePath(RoutingContext context) {
        try {
            Objects.requireNonNull(context.normalizedPath());
        } catch (IllegalArgumentException unreadable) {
            throw ProblemException.invalid("path", "is not percent-encoded UTF-8");
        }
        context.next();
    }

    private static void serve(RoutingContext context, TaskRoutes.Operation handler) {
        handler.serve(context, context.get(ValidRequest.KEY)).onFailure(context::fail);
    }

    private static TaskRoutes.Operation contractHandler(Contract contract) {
        JsonNode document = contract.document();
        Buffer json = Buffer.buffer(document.toPrettyString());
        return (context, request) -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json);
    }

    private static void requireSameOperations(Contract contract, Map<String, ?> handlers) {
        TreeSet<String> documented = new TreeSet<>();
        contract.operations().forEach(operation -> documented.add(operation.id()));
        if (!documented.equals(new TreeSet<>(handlers.keySet()))) {
            throw new IllegalStateException("the contract has the operations " + documented + ", the code has "
                    + new TreeSet<>(handlers.keySet()));
        }
    }
}
