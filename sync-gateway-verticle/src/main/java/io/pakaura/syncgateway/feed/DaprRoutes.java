package io.pakaura.syncgateway.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.syncgateway.session.UserChannels;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sidecar calls: the subscription, and the route that events are delivered to. */
public final class DaprRoutes {
    static final String TOPIC = "task-updates";

    private static final Logger log = LoggerFactory.getLogger(DaprRoutes.class);
    private final AppToken appToken;
    private final EventRoute events;
    private final Buffer subscriptions;
    private volatile boolean subscribed;

    /**
     * @param pubsub the component to subscribe on
     * @param shownToken what the sidecar must show, or {@code null}
     */
    public DaprRoutes(
            String pubsub, @Nullable String shownToken, UserChannels channels, FeedMonitor feed, ObjectMapper json) {
        this.appToken = new AppToken(shownToken);
        this.events = new EventRoute(appToken, new EventReader(json.getFactory()), channels, feed);
        this.subscriptions = subscriptions(pubsub, json);
    }

    private static Buffer subscriptions(String pubsub, ObjectMapper json) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(List.of(new Subscription(pubsub, TOPIC, EventRoute.PATH))));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("strings are always JSON", impossible);
        }
    }

    /** Whether the sidecar has asked for the subscription: events may come from then on. From any thread. */
    public boolean isSubscribed() {
        return subscribed;
    }

    /** Puts them before the routes of operations. */
    public Handler<HttpServerRequest> before(Router router) {
        router.get("/dapr/subscribe").handler(this::subscribe);
        return request -> {
            if (EventRoute.isFor(request)) {
                events.handle(request);
            } else {
                router.handle(request);
            }
        };
    }

    private void subscribe(RoutingContext request) {
        if (!appToken.allows(request.request())) {
            return;
        }
        subscribed = true;
        log.info("the sidecar subscribed {}", TOPIC);
        answer(request, subscriptions);
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
