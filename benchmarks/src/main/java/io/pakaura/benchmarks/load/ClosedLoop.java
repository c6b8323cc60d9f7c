package io.pakaura.benchmarks.load;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * A closed loop over HTTP/1.1: each connection stays open and sends its next request when the last one is answered. All of
 * it runs on one event loop, which alone touches the state.
 */
public final class ClosedLoop {
    private static final long MAX_LATENCY_NANOS = Duration.ofSeconds(60).toNanos();

    private final Supplier<Request> requests;
    private final RequestSender sender;
    private final long begin;
    private final long end;
    private final Histogram latencies = new Histogram(MAX_LATENCY_NANOS, 3);
    private final Map<Integer, Integer> failures = new TreeMap<>();
    private long answered;

    private ClosedLoop(RequestSender sender, Supplier<Request> requests, long begin, long end) {
        this.sender = sender;
        this.requests = requests;
        this.begin = begin;
        this.end = end;
    }

    /**
     * Runs load.
     *
     * @param requests asked for one request at a time, on the event loop
     * @param warmUp before time is taken
     * @return fails if a connection breaks or if any answer is not 2xx
     */
    public static Future<LoadResult> run(
            Vertx vertx, int port, int connections, Supplier<Request> requests, Duration warmUp, Duration timed) {
        long begin = System.nanoTime() + warmUp.toNanos();
        HttpClientAgent client = vertx.createHttpClient();
        ClosedLoop load = new ClosedLoop(new RequestSender(client, port), requests, begin, begin + timed.toNanos());
        Context context = vertx.getOrCreateContext();
        Promise<Void> done = Promise.promise();
        context.runOnContext(started -> Future.join(IntStream.range(0, connections)
                        .mapToObj(connection -> load.connection())
                        .toList())
                .<Void>mapEmpty()
                .onComplete(done));
        return done.future().eventually(client::close).compose(over -> load.result(timed));
    }

    private Future<Void> connection() {
        return sender.connect().compose(connection -> {
            Promise<Void> done = Promise.promise();
            next(connection, done);
            return done.future().eventually(connection::close);
        });
    }

    private void next(HttpClientConnection connection, Promise<Void> done) {
        long sent = System.nanoTime();
        sender.send(connection, requests.get()).onComplete(answer -> {
            if (answer.failed()) {
                done.fail(answer.cause());
            } else if (record(answer.result(), sent)) {
                next(connection, done);
            } else {
                done.complete();
            }
        });
    }

    /** Whether there is time for another. */
    private boolean record(int status, long sent) {
        long now = System.nanoTime();
        answered++;
        if (status < 200 || status > 299) {
            failures.merge(status, 1, Integer::sum);
        } else if (now >= begin && now <= end) {
            latencies.recordValue(now - sent);
        }
        return now < end;
    }

    private Future<LoadResult> result(Duration timed) {
        return failures.isEmpty()
                ? Future.succeededFuture(new LoadResult(latencies, timed, answered))
                : Future.failedFuture("of " + answered + " answers some were no 2xx, by status: " + failures);
    }
}
