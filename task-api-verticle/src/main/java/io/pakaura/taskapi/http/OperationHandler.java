package io.pakaura.taskapi.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** Serves one of the contract's operations. Called on the event loop, with a request that is as the contract says. */
@FunctionalInterface
interface OperationHandler {
    /** What it returns is done once the response is written. */
    Future<Void> serve(RoutingContext context, ValidRequest request);
}
