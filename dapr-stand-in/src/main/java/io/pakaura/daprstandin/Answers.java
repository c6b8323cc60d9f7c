package io.pakaura.daprstandin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a sidecar ends a request. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static void noContent(RoutingContext context) {
        end(context, context.response().setStatusCode(204), "");
    }

    static void error(RoutingContext context, DaprError error) {
        json(context, error.status(), error.body());
    }

    static void json(RoutingContext context, int status, ObjectNode body) {
        HttpServerResponse response =
                context.response().setStatusCode(status).putHeader("Content-Type", "application/json");
        end(context, response, body.toString());
    }

    static void text(RoutingContext context, int status, String body) {
        HttpServerResponse response =
                context.response().setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8");
        end(context, response, body);
    }

    /** As daprd does it where its handler panics: the connection is closed without an answer. */
    static void none(RoutingContext context) {
        context.request()
                .connection()
                .close()
                .onFailure(gone ->
                        LOG.debug("{} was closed already", context.request().path(), gone));
    }

    private static void end(RoutingContext context, HttpServerResponse response, String body) {
        response.end(body)
                .onFailure(gone -> LOG.debug(
                        "nobody waited for the answer to {}", context.request().path(), gone));
    }
}
