package io.pakaura.syncgateway.session;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session's way with the feed: when it is welcomed, and what it is told from then on. Until the feed is proved the
 * welcome is held back, but not for longer than a client should hang; a client that is welcomed without proof is told at
 * once that the feed is stale. For one event loop.
 */
final class FeedFollower {
    private final Vertx vertx;
    private final Duration longestHold;
    private final Audience audience;
    private final Runnable welcome;
    private final Consumer<OutboundFrame> tell;
    private @Nullable Alarm hold;
    private boolean isJoined;
    private boolean isWelcomed;
    private boolean toldStale;
    private long resyncs;

    /**
     * @param welcome says {@code sync.welcome}
     * @param tell sends what there is to be told of the feed
     */
    FeedFollower(Vertx vertx, Duration longestHold, Audience audience, Runnable welcome, Consumer<OutboundFrame> tell) {
        this.vertx = vertx;
        this.longestHold = longestHold;
        this.audience = audience;
        this.welcome = welcome;
        this.tell = tell;
    }

    /** The session is in its user's channel. */
    void joined() {
        isJoined = true;
        FeedNews news = audience.news();
        if (news.isProved()) {
            follow(news);
        } else {
            hold = new Alarm(vertx, () -> welcome(audience.news()));
            hold.set(longestHold);
        }
    }

    /**
     * Whether the client is to get events. What came before the welcome is in the delta that it fetches after it: an event
     * is published after its change was committed.
     */
    boolean isWelcomed() {
        return isWelcomed;
    }

    /** Catches up with the news. */
    void follow() {
        follow(audience.news());
    }

    private void follow(FeedNews news) {
        if (isWelcomed) {
            tell(news);
        } else if (isJoined && news.isProved()) {
            welcome(news);
        }
    }

    private void welcome(FeedNews news) {
        cancelHold();
        isWelcomed = true;
        resyncs = news.resyncs();
        audience.joined();
        welcome.run();
        if (isWelcomed) { // A token that ended during the hold ends the session here.
            tell(news);
        }
    }

    private void tell(FeedNews news) {
        if (!news.isFresh() && !toldStale) {
            toldStale = true;
            tell.accept(news.stale());
        } else if (news.isFresh() && (toldStale || resyncs != news.resyncs())) {
            toldStale = false;
            tell.accept(news.resync());
        }
        if (news.isFresh()) {
            resyncs = news.resyncs();
        }
    }

    /** To a client, {@code sync.resync} says that it need not poll any more: if it has to, it is told so again. */
    void resyncWasSaid() {
        if (toldStale) {
            tell.accept(audience.news().stale());
        }
    }

    void end() {
        cancelHold();
        if (isWelcomed) {
            isWelcomed = false;
            audience.left();
        }
        isJoined = false;
    }

    private void cancelHold() {
        if (hold != null) {
            hold.cancel();
            hold = null;
        }
    }
}
