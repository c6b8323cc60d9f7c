package io.pakaura.publisher.dapr;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Requests that are tried again while it is worth it: after no answer, and after 5xx, but not after 4xx, which is about
 * the request. The futures never fail. Any thread.
 *
 * <p>No library: those of the JVM (resilience4j, Failsafe) want a scheduler thread of their own and failed futures for
 * what are results here, and Vert.x's circuit breaker retries only inside of a breaker.
 */
final class PersistentRequests {

    /**
     * The last answer.
     *
     * @param tries how many it took
     */
    record Tried(Answer answer, int tries) {}

    private final Vertx vertx;
    private final SidecarRequests requests;
    private final RetryPolicy policy;
    private final DoubleSupplier random;

    /** @param random from 0 to 1 */
    PersistentRequests(Vertx vertx, SidecarRequests requests, RetryPolicy policy, DoubleSupplier random) {
        this.vertx = vertx;
        this.requests = requests;
        this.policy = policy;
        this.random = random;
    }

    Future<Tried> send(SidecarRequests.Call call) {
        return send(call, 1);
    }

    private Future<Tried> send(SidecarRequests.Call call, int tries) {
        return requests.send(call, policy.tryTimeout())
                .compose(answer -> tries < policy.tries() && isWorthAnotherTry(answer)
                        ? later(tries).compose(now -> send(call, tries + 1))
                        : Future.succeededFuture(new Tried(answer, tries)));
    }

    private static boolean isWorthAnotherTry(Answer answer) {
        return !(answer instanceof Answer.Received received) || received.status() >= 500;
    }

    /** A Vert.x that is closed runs no timers: the try after it finds out. */
    private Future<?> later(int triesMade) {
        long millis = policy.delay(triesMade, random.getAsDouble()).toMillis();
        return vertx.timer(millis, TimeUnit.MILLISECONDS).otherwiseEmpty();
    }
}
