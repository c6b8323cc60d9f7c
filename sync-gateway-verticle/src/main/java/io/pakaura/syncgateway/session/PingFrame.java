package io.pakaura.syncgateway.session;

import io.pakaura.syncgateway.protocol.MessageCodec;
import io.pakaura.syncgateway.protocol.ServerMessage;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * {@code sync.ping}, encoded once for all sockets that are asked at about the same time: one event that many get. It is
 * a new one before any of them is asked again, as two events with one id count as one (CloudEvents 1.0, {@code id}). For any
 * thread.
 */
public final class PingFrame {
    /** It is this part of the ping interval old at most. */
    private static final int SHARE_OF_INTERVAL = 10;

    private final MessageCodec codec;
    private final long lifeNanos;
    private final LongSupplier nanoTime;
    private volatile Made latest;

    private record Made(OutboundFrame frame, long at) {}

    /**
     * @param interval from one ping of a socket to its next, at least
     * @param nanoTime as {@link System#nanoTime}
     */
    public PingFrame(MessageCodec codec, Duration interval, LongSupplier nanoTime) {
        this.codec = codec;
        this.lifeNanos = interval.toNanos() / SHARE_OF_INTERVAL;
        this.nanoTime = nanoTime;
        this.latest = made(nanoTime.getAsLong());
    }

    OutboundFrame current() {
        Made current = latest;
        long now = nanoTime.getAsLong();
        if (now - current.at() < lifeNanos) {
            return current.frame();
        }
        Made next = made(now); // Two threads may make one each: that is as good.
        latest = next;
        return next.frame();
    }

    private Made made(long now) {
        return new Made(OutboundFrame.of(codec.encode(new ServerMessage.Ping())), now);
    }
}
