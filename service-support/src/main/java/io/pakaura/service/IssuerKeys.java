package io.pakaura.service;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The keys of an issuer, fetched again from time to time and when a token names one that is not known. Tokens are
 * checked against what was fetched last, so nobody waits but who brings an unknown key.
 *
 * <p>Whoever sends tokens can invent keys, so the issuer is asked for one at most every {@link JwksTimes#coolDown}, by
 * one fetch for all who wait.
 */
final class IssuerKeys implements KeySource {
    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

    /** Each is a request or a socket that is held until the fetch is done. */
    private static final int MAX_WAITING = 500;

    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Context context;
    private final JwksClient client;
    private final JwksTimes times;
    private volatile VerificationKeys known = VerificationKeys.NONE;

    // From here on guarded by this.
    private @Nullable Future<Boolean> fetching;
    private int waiting;
    private boolean current;
    private int failures;
    private long fetchedAt;
    private long mayAskAt = System.nanoTime();
    private long timer = NO_TIMER;
    private boolean closed;

    private IssuerKeys(Vertx vertx, JwksClient client, JwksTimes times) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.times = times;
    }

    /** Begins to fetch, and does not wait for it. */
    static IssuerKeys start(Vertx vertx, JwksClient client, JwksTimes times) {
        IssuerKeys keys = new IssuerKeys(vertx, client, times);
        keys.refresh();
        return keys;
    }

    @Override
    public boolean accepts(JWSAlgorithm algorithm) {
        return VerificationKeys.accepts(algorithm);
    }

    @Override
    public List<PublicKey> candidates(JWSHeader header) {
        return known.candidates(header);
    }

    @Override
    public Object current() {
        return known;
    }

    @Override
    public boolean isReady() {
        return !known.isEmpty();
    }

    @Override
    public synchronized Future<Boolean> ask(Object tried) {
        if (fetching == null && !closed && tried == known && System.nanoTime() - mayAskAt >= 0) {
            mayAskAt = System.nanoTime() + times.coolDown().toNanos();
            refresh();
        }
        if (fetching == null) {
            return Future.succeededFuture(current);
        }
        if (waiting == MAX_WAITING) {
            return Future.succeededFuture(false);
        }
        waiting++;
        return onCallersContext(fetching);
    }

    /**
     * A fetch belongs to no request, nor do its log lines. All of it runs on the context: a handler that the caller's
     * thread set would come too late when an answer is faster than that thread.
     */
    private synchronized void refresh() {
        if (fetching == null && !closed) {
            vertx.cancelTimer(timer);
            Promise<Boolean> fetch = Promise.promise();
            fetching = fetch.future();
            context.runOnContext(here -> Future.succeededFuture()
                    .compose(now -> client.fetch())
                    .map(this::fetched)
                    .otherwise(this::failed)
                    .onComplete(fetch));
        }
    }

    private synchronized boolean fetched(VerificationKeys keys) {
        if (!current || !keys.toString().equals(known.toString())) {
            log.info("the keys of tokens are {}", keys);
        }
        known = keys;
        fetchedAt = System.nanoTime();
        failures = 0;
        return ended(true, times.refresh());
    }

    /** Warns once, and not with each attempt of an outage. */
    private synchronized boolean failed(Throwable failure) {
        log.atLevel(failures == 0 && !closed ? Level.WARN : Level.DEBUG)
                .log("the keys of tokens could not be fetched, trying again: {}", failure.toString());
        if (!known.isEmpty() && System.nanoTime() - fetchedAt > times.keep().toNanos()) {
            log.error(
                    "the keys of tokens were fetched {} h ago, and are not used any more",
                    times.keep().toHours());
            known = VerificationKeys.NONE;
        }
        return ended(false, times.retryAfter(failures++));
    }

    private boolean ended(boolean isCurrent, Duration next) {
        current = isCurrent;
        fetching = null;
        waiting = 0;
        if (!closed) {
            timer = vertx.setTimer(next.toMillis(), due -> refresh());
        }
        return isCurrent;
    }

    private <T> Future<T> onCallersContext(Future<T> future) {
        Context caller = vertx.getOrCreateContext();
        return Future.future(there ->
                future.onComplete((value, failure) -> caller.runOnContext(here -> there.complete(value, failure))));
    }

    @Override
    public Future<Void> close() {
        synchronized (this) {
            closed = true;
            current = false;
            vertx.cancelTimer(timer);
        }
        return client.close();
    }
}
