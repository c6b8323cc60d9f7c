package io.pakaura.syncgateway.session;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * When the clients of a gateway that ends are to be back elsewhere. All are told at once, and each is served until its
 * time has come: so they come back as evenly as they go, and nobody is without a gateway for longer than a reconnect takes.
 *
 * @param lead before the first reconnect: whoever spreads the load learns meanwhile that this gateway is not ready
 * @param spread from the first reconnect to the last
 * @param within after this time the sockets that are left are cut
 */
record DrainPlan(Duration lead, Duration spread, Duration within) {

    /** So fast clients come back, unless there are more than can be in the time. Each costs the others a handshake and a delta. */
    static final int RECONNECTS_PER_SECOND = 100;

    /** Kubernetes takes a second or two to send connections elsewhere. */
    private static final Duration LONGEST_LEAD = Duration.ofSeconds(2);

    /** Of the time: at its begin the lead, at its end as much for those that are slow to go. */
    private static final int SHARE_OF_LEAD = 10;

    /** Also where there is no time at all: a close frame is on its way for a moment. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** @param within how long the end may take at most */
    static DrainPlan of(int sockets, Duration within) {
        Duration lead = shorter(LONGEST_LEAD, within.dividedBy(SHARE_OF_LEAD));
        Duration longestSpread = within.minus(lead.multipliedBy(2));
        Duration calm = Duration.ofSeconds(sockets).dividedBy(RECONNECTS_PER_SECOND);
        return new DrainPlan(lead, shorter(calm, longestSpread), within.compareTo(SHORTEST) < 0 ? SHORTEST : within);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * When so many sockets, all or any share of them, reconnect: counted from the begin, in order. Each has a slot of its
     * own, and a random time in it.
     *
     * @param random from 0 up to 1
     */
    List<Duration> reconnects(int sockets, DoubleSupplier random) {
        double slot = (double) spread.toNanos() / sockets;
        return IntStream.range(0, sockets)
                .mapToObj(n -> lead.plusNanos((long) ((n + random.getAsDouble()) * slot)))
                .toList();
    }
}
