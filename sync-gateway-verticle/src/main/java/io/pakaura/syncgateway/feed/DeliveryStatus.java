package io.pakaura.syncgateway.feed;

import io.vertx.core.buffer.Buffer;

/**
 * What becomes of a delivered event, as Dapr reads it from a response with status 200. There is no {@code RETRY} here: it
 * would come again until it succeeds, and block its partition meanwhile.
 */
enum DeliveryStatus {
    /** Taken, or of no interest. */
    SUCCESS,

    /** Not to be understood, now or later. */
    DROP;

    /** The response's body. */
    Buffer body() {
        return Buffer.buffer("{\"status\":\"" + name() + "\"}");
    }
}
