package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.task.UserBusyException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one user from having all connections: at most a share of the pool runs a user's statements, the next wait for their
 * turn in the order in which they came. The user loses little by it, since his writers wait for each other anyway. Who has
 * had no turn in time fails with {@link UserBusyException}, and so does, at once, who comes when {@value #MAX_WAITING} wait.
 *
 * <p>Safe on any thread; a statement that had to wait begins on the context that brought it.
 */
final class FairShare {
    static final int MAX_WAITING = 1_000;

    private final Vertx vertx;
    private final int share;
    private final Duration patience;
    private final Map<String, Turns> users = new ConcurrentHashMap<>();

    /**
     * @param share statements of a user at once
     * @param patience how long one that did not begin at once may take, its wait included
     */
    FairShare(Vertx vertx, int share, Duration patience) {
        this.vertx = vertx;
        this.share = share;
        this.patience = patience;
    }

    /** Of one user; touched within the map's atomic operations only. */
    private static final class Turns {
        private final Queue<Turn<?>> waiting = new ArrayDeque<>(1);
        private int running;

        private void add(Turn<?> turn) {
            if (waiting.size() == MAX_WAITING) {
                throw new UserBusyException();
            }
            waiting.add(turn);
        }
    }

    private record Turn<T>(Supplier<Future<T>> statement, Context context, AtomicBoolean taken, Promise<T> result) {
        private void begin() {
            context.runOnContext(here -> {
                if (taken.compareAndSet(false, true)) {
                    statement.get().onComplete(result);
                } else {
                    result.fail(new UserBusyException());
                }
            });
        }

        /** Tells a turn that did not come from a statement that takes long. */
        private Future<T> late(Throwable failure) {
            boolean neverCame = failure instanceof TimeoutException && taken.compareAndSet(false, true);
            return Future.failedFuture(neverCame ? new UserBusyException() : failure);
        }
    }

    <T> Future<T> run(String user, Supplier<Future<T>> statement) {
        Turn<T> turn;
        try {
            turn = enter(user, statement);
        } catch (UserBusyException tooMany) {
            return Future.failedFuture(tooMany);
        }
        if (turn == null) {
            return statement.get().onComplete(done -> leave(user));
        }
        return turn.result()
                .future()
                .onComplete(done -> leave(user))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(turn::late);
    }

    /** @return {@code null} if the statement may begin at once */
    private <T> @Nullable Turn<T> enter(String user, Supplier<Future<T>> statement) {
        List<Turn<T>> waits = new ArrayList<>(0);
        users.compute(user, (name, known) -> {
            Turns turns = known == null ? new Turns() : known;
            if (turns.running < share) {
                turns.running++;
            } else {
                Turn<T> turn = turn(statement);
                turns.add(turn);
                waits.add(turn);
            }
            return turns;
        });
        return waits.isEmpty() ? null : waits.get(0);
    }

    private <T> Turn<T> turn(Supplier<Future<T>> statement) {
        return new Turn<>(statement, vertx.getOrCreateContext(), new AtomicBoolean(), Promise.promise());
    }

    /** Hands the place to the one that has waited longest. */
    private void leave(String user) {
        List<Turn<?>> next = new ArrayList<>(0);
        users.computeIfPresent(user, (name, turns) -> {
            Turn<?> turn = turns.waiting.poll();
            if (turn == null) {
                turns.running--;
                return turns.running == 0 ? null : turns;
            }
            next.add(turn);
            return turns;
        });
        next.forEach(Turn::begin);
    }

    /** Users with a statement that runs or waits. */
    int users() {
        return users.size();
    }
}
