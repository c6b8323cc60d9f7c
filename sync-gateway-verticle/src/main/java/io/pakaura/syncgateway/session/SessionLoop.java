package io.pakaura.syncgateway.session;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An event loop with sockets: the one way by which other threads bring it something, in the order in which they do, and the
 * one flush of each socket for all that was written to it in a row.
 */
public final class SessionLoop {
    /** So much may wait; then who brings more has to wait, too. */
    static final int ROOM = 1_000;

    private static final long CHECK_MILLIS = 250;

    /** To read an event's time costs as much as to deliver it to a socket. */
    private static final int TIMED_PER_SECOND = 50;

    private static final Future<Void> AT_ONCE = Future.succeededFuture();

    private final Vertx vertx;
    private final Context context;
    private final Thread thread = Thread.currentThread();
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean isCalled = new AtomicBoolean();
    private final List<SocketChannel> unflushed = new ArrayList<>();
    private final SampleRate timed = new SampleRate(TIMED_PER_SECOND, System::nanoTime);
    private final Laggards laggards;
    private boolean isWatchingLaggards;

    /** To be made on the loop. */
    public SessionLoop(Vertx vertx, OutboundBudget budget) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.laggards = new Laggards(budget);
    }

    /**
     * Runs an action on the loop, after those that were brought before: at once if this is the loop.
     *
     * @return done when more may be brought
     */
    Future<Void> run(Runnable action) {
        if (Thread.currentThread() == thread && waiting.get() == 0) {
            action.run();
            return AT_ONCE;
        }
        inbox.add(action);
        boolean isFull = waiting.incrementAndGet() > ROOM;
        if (Thread.currentThread() == thread) {
            takeAll();
            return AT_ONCE;
        }
        if (isCalled.compareAndSet(false, true)) {
            context.runOnContext(here -> takeAll());
        }
        return isFull ? turn() : AT_ONCE;
    }

    /** Comes when the loop has been through its inbox; done on the context of who brought something. */
    private Future<Void> turn() {
        Context bringer = vertx.getOrCreateContext();
        Promise<Void> turn = Promise.promise();
        context.runOnContext(here -> bringer.runOnContext(back -> turn.complete()));
        return turn.future();
    }

    private void takeAll() {
        isCalled.set(false);
        for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
            waiting.decrementAndGet();
            next.run();
        }
    }

    /** Whether the next event is one whose delay is measured. On the loop. */
    boolean isTimed() {
        return timed.next();
    }

    /** Flushes a socket when the loop is through with what it is doing. On the loop. */
    void flushLater(SocketChannel socket) {
        unflushed.add(socket);
        if (unflushed.size() == 1) {
            context.runOnContext(here -> flush());
        }
    }

    private void flush() {
        List<SocketChannel> all = List.copyOf(unflushed);
        unflushed.clear();
        for (SocketChannel socket : all) {
            socket.flush();
            if (socket.queued() > 0) {
                laggards.add(socket);
                watchLaggards();
            }
        }
    }

    private void watchLaggards() {
        if (!isWatchingLaggards) {
            isWatchingLaggards = true;
            vertx.setTimer(CHECK_MILLIS, due -> {
                isWatchingLaggards = false;
                if (laggards.check()) {
                    watchLaggards();
                }
            });
        }
    }
}
