package io.pakaura.syncgateway.session;

/**
 * How much a session, a user, an event loop and a gateway may take.
 *
 * @param messageBytes the largest message of a client
 * @param queuedBytes what may wait to be written to one socket before it counts as behind
 * @param socketsOfUser sockets that one user may have on this gateway
 * @param sockets of all users together
 * @param socketsWithoutHello sockets of one event loop that have not said who they are
 * @param framesPerSecond frames of any kind that a client may send in the long run
 * @param frameBurst frames that it may send at once
 */
public record SessionLimits(
        int messageBytes,
        int queuedBytes,
        int socketsOfUser,
        int sockets,
        int socketsWithoutHello,
        int framesPerSecond,
        int frameBurst) {

    /** What the sync protocol promises; how many sockets a gateway bears it doesn't say. */
    public static final SessionLimits OF_PROTOCOL =
            new SessionLimits(64 * 1024, 256 * 1024, 20, Integer.MAX_VALUE, 500, 10, 50);

    /** These for a gateway that bears so many sockets. */
    public SessionLimits withSockets(int most) {
        return new SessionLimits(
                messageBytes, queuedBytes, socketsOfUser, most, socketsWithoutHello, framesPerSecond, frameBurst);
    }
}
