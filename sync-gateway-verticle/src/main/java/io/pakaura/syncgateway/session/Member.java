package io.pakaura.syncgateway.session;

/** Who is in a user's channel. */
interface Member {

    /** The event loop that it lives on. */
    SessionLoop loop();

    /** On its event loop, in order. */
    void deliver(OutboundFrame event);
}
