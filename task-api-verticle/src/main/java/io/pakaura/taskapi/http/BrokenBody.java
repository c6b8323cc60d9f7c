package io.pakaura.taskapi.http;

import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a request failed since its body broke off. vertx-web's {@code BodyHandler} alone knows, and fails the request
 * with the status 400 if Netty calls it a decoder's exception, and with 200 whatever else it is.
 */
final class BrokenBody {
    private static final int BY_DECODER = 400;
    private static final int OTHERWISE = 200;

    private BrokenBody() {}

    /** The connection ended first: nobody waits for an answer. */
    static boolean isGone(RoutingContext context) {
        return isBroken(context) && isOfConnection(context.failure());
    }

    /** What came is no body. Where the next request would begin nobody knows. */
    static boolean isUnreadable(RoutingContext context) {
        return isBroken(context) && !isOfConnection(context.failure());
    }

    private static boolean isBroken(RoutingContext context) {
        boolean isOurs = context.failure() == null || context.failure() instanceof HttpException;
        return !isOurs && (context.statusCode() == BY_DECODER || context.statusCode() == OTHERWISE);
    }

    private static boolean isOfConnection(@Nullable Throwable failure) {
        return failure instanceof HttpClosedException || failure instanceof IOException;
    }
}
