package io.pakaura.daprstandin;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** One way to publish. On the broker's event loop. */
interface Publishing {

    /** Publishes what is in the body, and answers. */
    void publish(RoutingContext context, PublishTarget target, Buffer body);

    /** What is answered to a body that couldn't be read. */
    DaprError unreadable(PublishTarget target, String reason);
}
