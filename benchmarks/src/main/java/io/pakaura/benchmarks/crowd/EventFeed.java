package io.pakaura.benchmarks.crowd;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Posts events to one server in an open loop: they are due at a fixed rate, whatever became of those before. When no
 * connection is idle an event waits for one, and its latency counts from when it was due (no coordinated omission). For one
 * thread, which sends; blocking.
 */
public final class EventFeed implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicLong NEXT_NUMBER = new AtomicLong(SampleEvent.FIRST_NUMBER);

    /** The operating system wakes a thread so much too late; what is left is waited for awake. */
    private static final long SPIN_NANOS = 150_000;

    private static final long POLL_NANOS = 500_000;

    private final Crowd crowd;
    private final List<PostConnection> connections = new ArrayList<>();
    private final BlockingQueue<PostConnection> idle = new LinkedBlockingQueue<>();

    private EventFeed(Crowd crowd) {
        this.crowd = crowd;
    }

    /** @param port where the server takes events */
    public static EventFeed open(Crowd crowd, int port) throws IOException {
        EventFeed feed = new EventFeed(crowd);
        for (int i = 0; i < CONNECTIONS; i++) {
            feed.connections.add(PostConnection.open(crowd, port, feed.idle));
        }
        return feed;
    }

    /**
     * Who gets events.
     *
     * @param requests one for each user; users take turns
     * @param sockets of each user, each of which must get the event
     */
    public record Audience(List<EventRequest> requests, int sockets) {}

    /**
     * How events come.
     *
     * @param perSecond in the long run
     * @param burst so many at once, all one user's; 1 for events with the same time between each two
     * @param exact to the microsecond, which costs the load generator processor time
     */
    public record Pace(int perSecond, int burst, boolean exact) {}

    /**
     * Sends events, and returns when all are answered and delivered.
     *
     * @throws IllegalStateException if an answer or a delivery is missing
     */
    public FeedResult run(Audience audience, Pace pace, Duration time) throws Exception {
        int events = (int) (pace.perSecond() * time.toMillis() / 1_000 / pace.burst() * pace.burst());
        var schedule =
                new Schedule(NEXT_NUMBER.getAndAdd(events), events, System.nanoTime(), pace.perSecond(), pace.burst());
        FeedRun run = new FeedRun(schedule);
        crowd.add(run);
        try {
            send(audience, pace, schedule);
            long deliveries = (long) events * audience.sockets();
            await("answers", () -> idle.size() == CONNECTIONS);
            await("deliveries of " + deliveries, () -> run.delivered() >= deliveries);
            if (run.delivered() > deliveries) {
                throw new IllegalStateException(run.delivered() + " deliveries instead of " + deliveries);
            }
            return new FeedResult(events, deliveries, run.latencies());
        } finally {
            crowd.remove(run);
        }
    }

    private void send(Audience audience, Pace pace, Schedule schedule) throws Exception {
        List<EventRequest> requests = audience.requests();
        long spin = pace.exact() ? SPIN_NANOS : 0;
        for (long number = schedule.firstNumber(); schedule.owns(number); number++) {
            parkUntil(schedule.due(number), spin);
            PostConnection connection = idle.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            crowd.check();
            if (connection == null) {
                throw new IllegalStateException("the server answers no event any more");
            }
            connection.send(
                    requests.get(schedule.userOf(number, requests.size())).numbered(number));
        }
    }

    private static void parkUntil(long due, long spin) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            if (wait > spin) {
                LockSupport.parkNanos(wait - spin);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void await(String missing, BooleanSupplier there) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!there.getAsBoolean()) {
            crowd.check();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "missing " + missing + "; sockets lost " + crowd.lost() + ", notices " + crowd.notices());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() throws IOException {
        for (PostConnection connection : connections) {
            connection.close();
        }
    }
}
