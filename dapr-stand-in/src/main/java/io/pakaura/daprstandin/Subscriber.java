package io.pakaura.daprstandin;

import io.vertx.core.Future;
import java.time.Duration;

/** A member of a consumer group: the sidecar that it is. Called on the broker's event loop. */
interface Subscriber {

    /** Delivers an event. A failed future counts as {@link DeliveryOutcome.Retry}. */
    Future<DeliveryOutcome> deliver(StoredEvent event);

    /** How long after a failed delivery it is repeated. */
    Duration retryDelay();
}
