package io.pakaura.taskapi.http;

import io.pakaura.service.PublicServer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits so long for a body, then ends the request (408) and the connection. */
final class BodyDeadline implements PlatformHandler {
    private static final Logger log = LoggerFactory.getLogger(BodyDeadline.class);

    private final Duration patience;

    BodyDeadline(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (hasBody(request)) {
            long timer = context.vertx().setTimer(patience.toMillis(), late -> cut(context));
            request.end()
                    .onFailure(lost -> log.debug("the body did not come", lost))
                    .onComplete(ended -> context.vertx().cancelTimer(timer));
        }
        context.next();
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private static void cut(RoutingContext context) {
        if (!context.response().ended()) {
            context.fail(ProblemException.of(ProblemType.TIMEOUT, "the body did not come in time"));
        }
        PublicServer.close(context.request().connection());
    }
}
