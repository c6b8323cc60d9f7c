package io.pakaura.syncgateway.session;

import io.pakaura.syncgateway.protocol.MessageCodec;
import io.pakaura.syncgateway.protocol.ServerMessage;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All sessions of this gateway, as listeners to what becomes of the feed. The news is a snapshot with which each session
 * catches up when it is reached, and a new one when it begins: nobody is told twice, and nobody is left behind, however
 * fast one snapshot follows another. The news changes on one thread at a time; the rest is for any thread.
 */
public final class Audience {
    /** How many deltas a second the clients of one gateway may cost the task API when all of them need one. */
    private static final int DELTAS_PER_SECOND = 500;

    private static final Duration LEAST_SPREAD = Duration.ofSeconds(1);

    private final MessageCodec codec;
    private final List<Loop> loops = new CopyOnWriteArrayList<>();
    private final AtomicInteger welcomed = new AtomicInteger();
    private volatile FeedNews news;

    /** An event loop and the sessions that only it touches. */
    private record Loop(Context context, Sessions sessions) {}

    /** Nothing is known of the feed yet. */
    public Audience(MessageCodec codec) {
        this.codec = codec;
        this.news = new FeedNews(FeedNews.Status.UNPROVED, 0, staleFrame(), resyncFrame("the feed has begun"));
    }

    /** Adds an event loop's sessions, before the first of them. */
    public void add(Context loop, Sessions sessions) {
        loops.add(new Loop(loop, sessions));
    }

    /** The feed is proved: whoever waits for that is welcomed, and whoever was told that it is stale hears otherwise. */
    public void proved() {
        tell(new FeedNews(FeedNews.Status.FRESH, news.resyncs(), news.stale(), resyncFrame("the feed has begun")));
    }

    /** What is published may not arrive: everybody is told to poll. */
    public void stale() {
        tell(new FeedNews(FeedNews.Status.STALE, news.resyncs(), staleFrame(), news.resync()));
    }

    /**
     * What is published arrives, and something may have been missed before: everybody is told to fetch the delta.
     *
     * @param reason for people to read
     */
    public void resync(String reason) {
        tell(new FeedNews(FeedNews.Status.FRESH, news.resyncs() + 1, news.stale(), resyncFrame(reason)));
    }

    private void tell(FeedNews latest) {
        news = latest;
        loops.forEach(loop -> loop.context.runOnContext(here -> loop.sessions.followFeed()));
    }

    FeedNews news() {
        return news;
    }

    /** One more session that would fetch a delta. */
    void joined() {
        welcomed.incrementAndGet();
    }

    /** One less. */
    void left() {
        welcomed.decrementAndGet();
    }

    private OutboundFrame staleFrame() {
        return frame(new ServerMessage.Stale(spread()));
    }

    private OutboundFrame resyncFrame(String reason) {
        return frame(new ServerMessage.Resync(reason, spread()));
    }

    private Duration spread() {
        Duration all = Duration.ofMillis(welcomed.get() * 1000L / DELTAS_PER_SECOND);
        return all.compareTo(LEAST_SPREAD) > 0 ? all : LEAST_SPREAD;
    }

    private OutboundFrame frame(ServerMessage message) {
        return OutboundFrame.of(codec.encode(message));
    }
}
