package io.pakaura.taskapi.postgres;

import io.pakaura.taskapi.task.StoreUnavailableException;
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
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one user from having all connections: at most a share of the pool runs a user's statements, the next wait for their
 * turn in the order in which they came. The user loses little by it, since his writers wait for each other anyway. More
 * than {@value #MAX_WAITING} are not let in.
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
     * @param patience one that has waited so long does not begin any more: its caller has been answered
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
                throw new StoreUnavailableException("more than " + MAX_WAITING + " statements of one user wait");
            }
            waiting.add(turn);
        }
    }

    private record Turn<T>(Supplier<Future<T>> statement, Context context, long deadline, Promise<T> result) {
        private void begin() {
            context.runOnContext(here -> {
                if (System.nanoTime() - deadline > 0) {
                    result.fail(new TimeoutException("it waited too long for its turn"));
                } else {
                    statement.get().onComplete(result);
                }
            });
        }
    }

    <T> Future<T> run(String user, Supplier<Future<T>> statement) {
        Turn<T> turn;
        try {
            turn = enter(user, statement);
        } catch (StoreUnavailableException tooMany) {
            return Future.failedFuture(tooMany);
        }
        Future<T> result = turn == null ? statement.get() : turn.result().future();
        return result.onComplete(done -> leave(user));
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
        long deadline = System.nanoTime() + patience.toNanos();
        return new Turn<>(statement, vertx.getOrCreateContext(), deadline, Promise.promise());
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
