package io.pakaura.syncgateway.session;

import java.time.Duration;

/**
 * How long things may take in a session.
 *
 * @param hello from the upgrade to {@code sync.hello}
 * @param hold how long a welcome may wait for the feed to be proved; heartbeats come every 5 s
 * @param ping silence of the gateway after which it sends {@code sync.ping}; the pong must come within the same time
 * @param tokenWarning how long before its token's end a client is told
 * @param drain how long a client that fell behind may take to read what is queued
 * @param closing how long the peer may take to answer a close frame, before the connection is cut
 */
public record SessionTimes(
        Duration hello, Duration hold, Duration ping, Duration tokenWarning, Duration drain, Duration closing) {

    /** What the sync protocol promises. */
    public static final SessionTimes OF_PROTOCOL = new SessionTimes(
            Duration.ofSeconds(10),
            Duration.ofSeconds(6),
            Duration.ofSeconds(25),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));
}
