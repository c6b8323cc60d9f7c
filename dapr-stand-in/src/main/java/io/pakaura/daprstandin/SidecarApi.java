package io.pakaura.daprstandin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API of a sidecar. On the broker's event loop. */
final class SidecarApi {

    private static final Logger LOG = LoggerFactory.getLogger(SidecarApi.class);
    private static final int MAX_BODY_BYTES = 4 << 20;
    private static final String SINGLE = "/v1\\.0/publish/(?<component>[^/]+)/(?<topic>.+)";
    private static final String BULK = "/v1\\.0(-alpha1)?/publish/bulk/(?<component>[^/]+)/(?<topic>.+)";

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
        router.get("/v1.0/healthz").handler(Answers::noContent);
        router.get("/v1.0/healthz/outbound").handler(Answers::noContent);
        router.route().handler(this::checkToken);
        router.get("/v1.0/metadata").handler(this::describe);
        route(router, BULK, new BulkPublish(broker, envelope, config.appId()));
        route(router, SINGLE, new SinglePublish(broker, envelope, config.appId()));
        router.route().handler(context -> Answers.error(context, DaprError.noRoute()));
        return router;
    }

    private void route(Router router, String path, Publishing publishing) {
        router.routeWithRegex(path)
                .method(HttpMethod.POST)
                .method(HttpMethod.PUT)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
                .handler(context -> publish(context, publishing))
                .failureHandler(context -> fail(context, publishing));
    }

    private void checkToken(RoutingContext context) {
        String shown = context.request().getHeader("dapr-api-token");
        if (config.apiToken() == null || isEqual(config.apiToken(), shown == null ? "" : shown)) {
            context.next();
            return;
        }
        Answers.text(context, 401, "invalid api token\n");
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
        Answers.json(context, 200, metadata);
    }

    private static void describe(ArrayNode components, String name) {
        components
                .addObject()
                .put("name", name)
                .put("type", "pubsub.kafka")
                .put("version", "v1")
                .putArray("capabilities");
    }

    private void publish(RoutingContext context, Publishing publishing) {
        PublishTarget target = PublishTarget.of(context);
        Optional<DaprError> refusal = refusal(target);
        if (refusal.isPresent()) {
            Answers.error(context, refusal.get());
        } else {
            publishing.publish(
                    context,
                    target,
                    Objects.requireNonNullElseGet(context.body().buffer(), Buffer::buffer));
        }
    }

    private Optional<DaprError> refusal(PublishTarget target) {
        if (config.consumerGroup(target.component()) == null) {
            return Optional.of(DaprError.componentNotFound(target.component(), target.metadata()));
        }
        Optional<String> invalid = target.whatIsNoBoolean();
        if (invalid.isPresent()) {
            return Optional.of(DaprError.invalidMetadata(target, invalid.get()));
        }
        if (target.metadata().containsKey("ttlInSeconds")) {
            return Optional.of(DaprError.notImplemented("metadata ttlInSeconds"));
        }
        return Optional.empty();
    }

    private void fail(RoutingContext context, Publishing publishing) {
        PublishTarget target = PublishTarget.of(context);
        if (context.statusCode() == 413) {
            Answers.error(context, refusal(target).orElseGet(() -> publishing.unreadable(target, "stream too large")));
            return;
        }
        LOG.error("publishing to {} failed", context.request().path(), context.failure());
        Answers.error(
                context, DaprError.notPublished(target.component(), target.topic(), String.valueOf(context.failure())));
    }
}
