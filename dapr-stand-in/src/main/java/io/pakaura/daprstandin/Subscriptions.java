package io.pakaura.daprstandin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the app of a sidecar subscribes to: asked until the app answers, and then never again in the sidecar's life. A
 * faulty answer, or subscription, is logged as daprd does. On the broker's event loop.
 */
final class Subscriptions {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final long POLL_MILLIS = 100;

    private final Vertx vertx;
    private final Broker broker;
    private final DaprStandInConfig config;
    private final AppChannel app;
    private final Map<Member, ConsumerGroup> memberships = new HashMap<>();
    private boolean closed;

    Subscriptions(Vertx vertx, Broker broker, DaprStandInConfig config, AppChannel app) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.app = app;
    }

    private record Member(AppChannel app, Subscription subscription, Duration retryDelay) implements Subscriber {

        @Override
        public Future<DeliveryOutcome> deliver(StoredEvent event) {
            return app.deliver(subscription, event);
        }
    }

    void start() {
        if (!closed) {
            app.subscriptions()
                    .onSuccess(this::subscribe)
                    .onFailure(notYet -> vertx.setTimer(POLL_MILLIS, again -> start()));
        }
    }

    private void subscribe(HttpResponse<Buffer> answer) {
        switch (answer.statusCode()) {
            case 200 -> subscribe(parse(answer.bodyAsBuffer()));
            case 404 -> LOG.debug("{} does not subscribe to any topic", config.appId());
            default ->
                LOG.error("{} answered {} when asked for its subscriptions", config.appId(), answer.statusCode());
        }
    }

    private List<Subscription> parse(Buffer list) {
        try {
            return Subscription.parse(list);
        } catch (IllegalArgumentException e) {
            LOG.error("{} has faulty subscriptions", config.appId(), e);
            return List.of();
        }
    }

    private void subscribe(List<Subscription> subscriptions) {
        LOG.info("{} subscribes to {}", config.appId(), subscriptions);
        subscriptions.forEach(this::subscribe);
    }

    private void subscribe(Subscription subscription) {
        String group = config.consumerGroup(subscription.component());
        if (group == null) {
            LOG.error("{} has no component {}", config.appId(), subscription.component());
            return;
        }
        Member member = new Member(app, subscription, config.retryDelay());
        broker.join(group, subscription.topic(), member)
                .onSuccess(joined -> keep(member, joined))
                .onFailure(fault -> LOG.error("{} cannot join {}", config.appId(), subscription, fault));
    }

    private void keep(Member member, ConsumerGroup group) {
        if (closed) {
            group.leave(member);
        } else {
            memberships.put(member, group);
        }
    }

    void close() {
        closed = true;
        memberships.forEach((member, group) -> group.leave(member));
    }
}
