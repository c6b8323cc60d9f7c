package io.pakaura.syncgateway.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.syncgateway.session.UserChannels;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sidecar calls: the subscription, and the route that events are delivered to. */
public final class DaprRoutes {
    static final String TOPIC = "task-updates";

    private static final Logger log = LoggerFactory.getLogger(DaprRoutes.class);
    private static final String PARTITION = "__partition";
    private static final String EVENT_ROUTE = "/events/task-updates";

    /** Far above the largest task; Dapr itself ends at 4 MiB. */
    private static final int MAX_EVENT_BYTES = 1024 * 1024;

    private final AppToken appToken;
    private final EventReader reader;
    private final UserChannels channels;
    private final FeedMonitor feed;
    private final Buffer subscriptions;
    private volatile boolean subscribed;

    /**
     * @param pubsub the component to subscribe on
     * @param appToken what the sidecar must show, or {@code null}
     */
    public DaprRoutes(
            String pubsub, @Nullable String appToken, UserChannels channels, FeedMonitor feed, ObjectMapper json) {
        this.appToken = new AppToken(appToken);
        this.reader = new EventReader(json.getFactory());
        this.channels = channels;
        this.feed = feed;
        this.subscriptions = subscriptions(pubsub, json);
    }

    private static Buffer subscriptions(String pubsub, ObjectMapper json) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(List.of(new Subscription(pubsub, TOPIC, EVENT_ROUTE))));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings are always JSON", impossible);
        }
    }

    /** Whether the sidecar has asked for the subscription: events may come from then on. From any thread. */
    public boolean isSubscribed() {
        return subscribed;
    }

    public void addTo(Router router) {
        router.route("/dapr/subscribe").handler(appToken);
        router.route(EVENT_ROUTE).handler(appToken);
        router.get("/dapr/subscribe").handler(this::subscribe);
        router.post(EVENT_ROUTE)
                .handler(BodyHandler.create(false).setBodyLimit(MAX_EVENT_BYTES))
                .handler(this::receive)
                .failureHandler(DaprRoutes::drop);
    }

    private void subscribe(RoutingContext request) {
        subscribed = true;
        log.info("the sidecar subscribed {}", TOPIC);
        answer(request, subscriptions);
    }

    private void receive(RoutingContext request) {
        FeedEvent event = reader.read(request.body().buffer());
        if (event instanceof FeedEvent.TaskChanged change) {
            channels.publish(change.user(), change.frame());
            feed.eventCame(partitionOf(request));
            change.fields().addTo(log.atDebug()).log("forwarded revision {}", change.revision());
            answer(request, DeliveryStatus.SUCCESS.body());
        } else if (event instanceof FeedEvent.Beat beat) {
            feed.hear(beat.heartbeat(), partitionOf(request));
            answer(request, DeliveryStatus.SUCCESS.body());
        } else if (event instanceof FeedEvent.Other other) {
            other.fields().addTo(log.atDebug()).log("ignored an event of another type");
            answer(request, DeliveryStatus.SUCCESS.body());
        } else if (event instanceof FeedEvent.Broken broken) {
            broken.fields().addTo(log.atWarn()).log("dropped an event: {}", broken.reason());
            answer(request, DeliveryStatus.DROP.body());
        }
    }

    /** The broker's partition, which Dapr's Kafka component tells; below 0 if it was not told. */
    private static int partitionOf(RoutingContext request) {
        String partition = request.request().getHeader(PARTITION);
        try {
            return partition == null ? -1 : Integer.parseInt(partition);
        } catch (NumberFormatException notKafka) {
            return -1;
        }
    }

    /** Too large, or a fault of ours: in either case the same event would fail again, and others wait behind it. */
    private static void drop(RoutingContext request) {
        if (request.statusCode() == 413) {
            EventFields.NONE.addTo(log.atWarn()).log("dropped an event: it has more than {} bytes", MAX_EVENT_BYTES);
        } else {
            EventFields.NONE.addTo(log.atError()).setCause(request.failure()).log("dropped an event");
        }
        answer(request, DeliveryStatus.DROP.body());
    }

    private static void answer(RoutingContext request, Buffer body) {
        request.response()
                .setStatusCode(200)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body)
                .onFailure(lost -> log.debug("answer lost", lost));
    }

    /** An entry of {@code GET /dapr/subscribe}. */
    private record Subscription(String pubsubname, String topic, String route) {}
}
