package io.pakaura.publisher.outbox;

import io.pakaura.publisher.dapr.OutgoingEvent;
import io.pakaura.publisher.event.CloudEventCodec;
import io.pakaura.publisher.event.CloudEventFactory.Outgoing;

/** An event of a delivery, in a lane. */
record Item(Delivery delivery, Outgoing event) {
    private static final int ENVELOPE_BYTES = 512;

    /** More than the size of the encoded event. */
    int bytes() {
        return ENVELOPE_BYTES + event.mostDataBytes();
    }

    OutgoingEvent encoded() {
        return OutgoingEvent.keyed(delivery.row().userId(), CloudEventCodec.encode(event.event()));
    }
}
