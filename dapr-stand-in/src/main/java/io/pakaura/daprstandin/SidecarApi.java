package io.pakaura.daprstandin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API of a sidecar. On the broker's event loop. */
final class SidecarApi {

    private static final Logger LOG = LoggerFactory.getLogger(SidecarApi.class);
    private static final int MAX_BODY_BYTES = 4 << 20;
    private static final String METADATA = "metadata.";

    private final Broker broker;
    private final DaprStandInConfig config;
    private final CloudEventEnvelope envelope;

    SidecarApi(Broker broker, DaprStandInConfig config, Clock clock) {
        this.broker = broker;
        this.config = config;
        this.envelope = new CloudEventEnvelope(config.appId(), clock);
    }

    Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        router.get("/v1.0/healthz").handler(SidecarApi::noContent);
        router.get("/v1.0/healthz/outbound").handler(SidecarApi::noContent);
        router.route().handler(this::checkToken);
        router.get("/v1.0/metadata").handler(this::describe);
        publishRoute(router).handler(this::checkTarget);
        publishRoute(router)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(this::publish)
                .failureHandler(this::fail);
        router.route().handler(context -> respond(context, DaprError.noRoute()));
        return router;
    }

    private static Route publishRoute(Router router) {
        return router.route("/v1.0/publish/:component/*")
                .method(HttpMethod.POST)
                .method(HttpMethod.PUT);
    }

    private static void noContent(RoutingContext context) {
        end(context, context.response().setStatusCode(204), "");
    }

    private void checkToken(RoutingContext context) {
        String shown = context.request().getHeader("dapr-api-token");
        if (config.apiToken() == null || isEqual(config.apiToken(), shown == null ? "" : shown)) {
            context.next();
            return;
        }
        HttpServerResponse refusal =
                context.response().setStatusCode(401).putHeader("Content-Type", "text/plain; charset=utf-8");
        end(context, refusal, "invalid api token\n");
    }

    private static boolean isEqual(String token, String shown) {
        return MessageDigest.isEqual(token.getBytes(UTF_8), shown.getBytes(UTF_8));
    }

    private void describe(RoutingContext context) {
        ObjectNode metadata =
                Json.MAPPER.createObjectNode().put("id", config.appId()).put("runtimeVersion", "1.18.0-stand-in");
        ArrayNode components = metadata.putArray("components");
        describe(components, config.pubsubName());
        if (config.broadcastPubsubName() != null) {
            describe(components, config.broadcastPubsubName());
        }
        respond(context, 200, metadata);
    }

    private static void describe(ArrayNode components, String name) {
        components
                .addObject()
                .put("name", name)
                .put("type", "pubsub.kafka")
                .put("version", "v1")
                .putArray("capabilities");
    }

    private void checkTarget(RoutingContext context) {
        String component = context.pathParam("component");
        Map<String, String> metadata = metadata(context);
        if (topic(context).isEmpty()) {
            respond(context, DaprError.noRoute());
        } else if (config.consumerGroup(component) == null) {
            respond(context, DaprError.componentNotFound(component, metadata));
        } else if (metadata.containsKey("rawPayload") || metadata.containsKey("ttlInSeconds")) {
            respond(context, DaprError.notImplemented("metadata rawPayload and ttlInSeconds"));
        } else {
            context.next();
        }
    }

    private static String topic(RoutingContext context) {
        return URLDecoder.decode(context.pathParam("*").replace("+", "%2B"), UTF_8);
    }

    private static Map<String, String> metadata(RoutingContext context) {
        Map<String, String> metadata = new HashMap<>();
        context.queryParams().forEach((name, value) -> {
            if (name.startsWith(METADATA)) {
                metadata.putIfAbsent(name.substring(METADATA.length()), value);
            }
        });
        return metadata;
    }

    private void publish(RoutingContext context) {
        String component = context.pathParam("component");
        String contentType = Objects.requireNonNullElse(context.request().getHeader("Content-Type"), "");
        Buffer body = Objects.requireNonNullElseGet(context.body().buffer(), Buffer::buffer);
        CloudEventEnvelope.Result result = envelope.envelop(component, topic(context), contentType, body);
        if (result instanceof CloudEventEnvelope.Result.NotACloudEvent not) {
            respond(context, DaprError.notACloudEvent(component, config.appId(), not.reason()));
        } else if (result instanceof CloudEventEnvelope.Result.Event event) {
            broker.publish(topic(context), metadata(context), event.json())
                    .onSuccess(outcome -> respond(context, outcome))
                    .onFailure(context::fail);
        }
    }

    private static void respond(RoutingContext context, PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Refused refused) {
            respond(context, DaprError.notPublished(context.pathParam("component"), topic(context), refused.reason()));
        } else {
            noContent(context);
        }
    }

    private void fail(RoutingContext context) {
        boolean tooLarge = context.statusCode() == 413;
        if (!tooLarge) {
            LOG.error("publishing to {} failed", context.request().path(), context.failure());
        }
        String reason = tooLarge ? "stream too large" : String.valueOf(context.failure());
        respond(context, DaprError.notPublished(context.pathParam("component"), topic(context), reason));
    }

    private static void respond(RoutingContext context, DaprError error) {
        respond(context, error.status(), error.body());
    }

    private static void respond(RoutingContext context, int status, ObjectNode body) {
        HttpServerResponse response =
                context.response().setStatusCode(status).putHeader("Content-Type", "application/json");
        end(context, response, body.toString());
    }

    private static void end(RoutingContext context, HttpServerResponse response, String body) {
        response.end(body)
                .onFailure(gone -> LOG.debug(
                        "nobody waited for the answer to {}", context.request().path(), gone));
    }
}
