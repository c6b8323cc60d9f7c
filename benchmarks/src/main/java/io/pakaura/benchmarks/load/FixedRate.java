package io.pakaura.benchmarks.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * An open loop over HTTP/1.1: requests are due at a fixed rate, whatever became of those before. A latency counts from the
 * moment at which its request was due, so one that had to wait for a connection, or for this process, took longer
 * (no coordinated omission). Due times come from a thread of their own, since timers are good to a millisecond only; all
 * else runs on one event loop, which alone touches the state.
 *
 * <p>Bounds: so many connections; and when {@value #MAX_UNANSWERED} requests are unanswered, those included that wait for a
 * connection, the server cannot bear the rate, and the run fails.
 */
public final class FixedRate {
    /** Requests that may be under way or wait. */
    public static final int MAX_UNANSWERED = 10_000;

    private static final long MAX_LATENCY_NANOS = Duration.ofMinutes(2).toNanos();

    /** There from the begin, so that opening them costs no request time. */
    private static final int FIRST_CONNECTIONS = 64;

    /**
     * What is asked of a server.
     *
     * @param perSecond requests
     * @param connections at most; beyond the first {@value FixedRate#FIRST_CONNECTIONS} they are opened when they are needed
     * @param warmUp before time is taken, at the same rate
     * @param requests asked for one request at a time, on the event loop
     */
    public record Load(int perSecond, int connections, Duration warmUp, Duration timed, Supplier<Request> requests) {}

    private final RequestSender sender;
    private final Load load;
    private final Context context;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Promise<Void> done = Promise.promise();
    private final Histogram latencies = new Histogram(MAX_LATENCY_NANOS, 3);
    private final Map<Integer, Integer> failures = new TreeMap<>();
    private final Deque<HttpClientConnection> idle = new ArrayDeque<>();
    private final Deque<Long> waiting = new ArrayDeque<>();
    private volatile long begin;
    private int open;
    private long answered;
    private boolean allSent;

    private FixedRate(RequestSender sender, Load load, Context context) {
        this.sender = sender;
        this.load = load;
        this.context = context;
    }

    /**
     * Runs load until the last request is answered.
     *
     * @return fails if a connection breaks, if any answer is not 2xx, or if too many requests are unanswered
     */
    public static Future<LoadResult> run(Vertx vertx, int port, Load load) {
        HttpClientAgent client = vertx.createHttpClient();
        FixedRate run = new FixedRate(new RequestSender(client, port), load, vertx.getOrCreateContext());
        run.context.runOnContext(started ->
                run.connectFirst().onSuccess(connected -> run.startPacing()).onFailure(run.done::tryFail));
        return run.done.future().eventually(client::close).compose(over -> run.result());
    }

    private Future<Void> connectFirst() {
        return Future.all(IntStream.range(0, Math.min(FIRST_CONNECTIONS, load.connections()))
                        .mapToObj(n -> connect().onSuccess(idle::addLast))
                        .toList())
                .mapEmpty();
    }

    private Future<HttpClientConnection> connect() {
        open++;
        return sender.connect()
                .onSuccess(connection -> connection.closeHandler(closed -> {
                    open--;
                    idle.remove(connection);
                }));
    }

    private void startPacing() {
        long first = System.nanoTime();
        begin = first + load.warmUp().toNanos();
        Thread pacing = new Thread(() -> pace(first), "pacing");
        pacing.setDaemon(true);
        pacing.start();
    }

    private void pace(long first) {
        long requests = load.perSecond() * load.warmUp().plus(load.timed()).toMillis() / 1_000;
        for (long n = 0; n < requests && !done.future().isComplete(); n++) {
            long due = first + n * 1_000_000_000L / load.perSecond();
            parkUntil(due);
            if (unanswered.incrementAndGet() > MAX_UNANSWERED) {
                done.tryFail(MAX_UNANSWERED + " requests are unanswered: too much for the server");
                return;
            }
            context.runOnContext(now -> start(due));
        }
        context.runOnContext(now -> {
            allSent = true;
            completeIfOver();
        });
    }

    private static void parkUntil(long due) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    private void start(long due) {
        if (done.future().isComplete()) {
            return;
        }
        HttpClientConnection connection = idle.pollFirst();
        if (connection != null) {
            send(connection, due);
            return;
        }
        waiting.addLast(due);
        if (open < load.connections()) {
            connect().onSuccess(this::nextOn).onFailure(done::tryFail);
        }
    }

    /** The connections take turns, so that none is idle for so long that the server ends it. */
    private void nextOn(HttpClientConnection connection) {
        Long due = waiting.pollFirst();
        if (due == null) {
            idle.addLast(connection);
        } else {
            send(connection, due);
        }
    }

    private void send(HttpClientConnection connection, long due) {
        sender.send(connection, load.requests().get())
                .onSuccess(status -> {
                    record(status, due);
                    nextOn(connection);
                    completeIfOver();
                })
                .onFailure(done::tryFail);
    }

    private void record(int status, long due) {
        answered++;
        unanswered.decrementAndGet();
        if (status < 200 || status > 299) {
            failures.merge(status, 1, Integer::sum);
        } else if (due >= begin) {
            latencies.recordValue(Math.min(MAX_LATENCY_NANOS, System.nanoTime() - due));
        }
    }

    private void completeIfOver() {
        if (allSent && unanswered.get() == 0) {
            done.tryComplete();
        }
    }

    private Future<LoadResult> result() {
        return failures.isEmpty()
                ? Future.succeededFuture(new LoadResult(latencies, load.timed(), answered))
                : Future.failedFuture("of " + answered + " answers some were no 2xx, by status: " + failures);
    }
}
