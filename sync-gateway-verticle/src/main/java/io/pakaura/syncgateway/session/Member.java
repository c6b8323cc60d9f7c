package io.pakaura.syncgateway.session;

/**
 * A session as its {@link UserChannel} sees it. Called on the channel's event loop; an implementation hops to its own
 * loop and keeps the order of the calls.
 */
interface Member {

    /** It is joined: every event of its user from here on comes by {@link #deliver}. */
    void joined();

    /** The user has as many sockets as a user may have. */
    void refused();

    void deliver(OutboundFrame event);
}
