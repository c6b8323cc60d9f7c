package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.crowd.ClientSocket;
import io.pakaura.benchmarks.crowd.Crowd;
import io.pakaura.benchmarks.crowd.EventFeed;
import io.pakaura.benchmarks.crowd.FeedResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A server, the sockets that are on it, and the feed of its events. Blocking; one thread. */
record Stage(FanOutServer server, Crowd crowd, List<ClientSocket> sockets, EventFeed feed, EventFeed.Audience audience)
        implements AutoCloseable {

    /** @param socketsOfUser 0 if its events reach nobody */
    static Stage open(Crowd crowd, FanOutServer server, int users, int socketsOfUser) throws Exception {
        return new Stage(
                server,
                crowd,
                crowd.join(server.process().port(), FanOutServer.visitors(users, socketsOfUser)),
                EventFeed.open(crowd, server.process().opsPort()),
                server.audience(users, socketsOfUser));
    }

    FeedResult run(EventFeed.Pace pace, Duration time) throws Exception {
        return feed.run(audience, pace, time);
    }

    @Override
    public void close() throws IOException {
        feed.close();
        crowd.leave(sockets);
    }
}
