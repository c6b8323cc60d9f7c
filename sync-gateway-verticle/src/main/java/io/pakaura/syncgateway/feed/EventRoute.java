package io.pakaura.syncgateway.feed;

import io.pakaura.syncgateway.session.UserChannels;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the sidecar delivers events. There is no router and no context object here: this is most of what an event costs.
 * Safe on any event loop.
 */
final class EventRoute implements Handler<HttpServerRequest> {
    static final String PATH = "/events/task-updates";

    /** Far above the largest task; Dapr itself ends at 4 MiB. */
    private static final int MAX_EVENT_BYTES = 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(EventRoute.class);
    private static final CharSequence PARTITION = HttpHeaders.createOptimized("__partition");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    private static final Buffer SUCCESS = DeliveryStatus.SUCCESS.body();
    private static final Buffer DROP = DeliveryStatus.DROP.body();

    private final AppToken appToken;
    private final EventReader reader;
    private final UserChannels channels;
    private final FeedMonitor feed;

    EventRoute(AppToken appToken, EventReader reader, UserChannels channels, FeedMonitor feed) {
        this.appToken = appToken;
        this.reader = reader;
        this.channels = channels;
        this.feed = feed;
    }

    static boolean isFor(HttpServerRequest request) {
        return HttpMethod.POST.equals(request.method()) && PATH.equals(request.path());
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (appToken.allows(request)) {
            new Body(request).collect();
        }
    }

    /** Collects a request's body, up to the limit. */
    private final class Body {
        private final HttpServerRequest request;
        private @Nullable Buffer body;
        private boolean isTooLarge;

        Body(HttpServerRequest request) {
            this.request = request;
        }

        private void collect() {
            request.handler(this::add).endHandler(end -> receive());
        }

        private void add(Buffer chunk) {
            if (body == null) {
                body = chunk;
            } else if (!isTooLarge) {
                body = body.appendBuffer(chunk);
            }
            if (body.length() > MAX_EVENT_BYTES) {
                isTooLarge = true;
                body = Buffer.buffer();
            }
        }

        private void receive() {
            if (isTooLarge) {
                EventFields.NONE
                        .addTo(log.atWarn())
                        .log("dropped an event: it has more than {} bytes", MAX_EVENT_BYTES);
                answer(request, DROP);
            } else {
                route(request, body == null ? new byte[0] : body.getBytes());
            }
        }
    }

    /** A fault of ours is no reason to see the event again: it would fail again, and others wait behind it. */
    private void route(HttpServerRequest request, byte[] event) {
        try {
            forward(request, event);
        } catch (RuntimeException fault) {
            EventFields.NONE.addTo(log.atError()).setCause(fault).log("dropped an event");
            answer(request, DROP);
        }
    }

    private void forward(HttpServerRequest request, byte[] event) {
        FeedEvent read = reader.read(event);
        if (read instanceof FeedEvent.TaskChanged change) {
            feed.eventCame(partitionOf(request));
            if (log.isDebugEnabled()) {
                change.fields().addTo(log.atDebug()).log("forwarded revision {}", change.revision());
            }
            channels.publish(change.user(), event, change.time()).onComplete(taken -> answer(request, SUCCESS));
        } else if (read instanceof FeedEvent.Beat beat) {
            feed.hear(beat.heartbeat(), partitionOf(request));
            answer(request, SUCCESS);
        } else if (read instanceof FeedEvent.Other other) {
            other.fields().addTo(log.atDebug()).log("ignored an event of another type");
            answer(request, SUCCESS);
        } else if (read instanceof FeedEvent.Broken broken) {
            broken.fields().addTo(log.atWarn()).log("dropped an event: {}", broken.reason());
            answer(request, DROP);
        }
    }

    /** The broker's partition, which Dapr's Kafka component tells; below 0 if it was not told. */
    private static int partitionOf(HttpServerRequest request) {
        String partition = request.headers().get(PARTITION);
        try {
            return partition == null ? -1 : Integer.parseInt(partition);
        } catch (NumberFormatException notKafka) {
            return -1;
        }
    }

    private static void answer(HttpServerRequest request, Buffer status) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(status)
                .onFailure(lost -> log.debug("answer lost", lost));
    }
}
