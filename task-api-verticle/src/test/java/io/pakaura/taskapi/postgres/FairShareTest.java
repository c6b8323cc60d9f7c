package io.pakaura.taskapi.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.pakaura.taskapi.task.UserBusyException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairShareTest {
    private final Vertx vertx = Vertx.vertx();
    private final FairShare share = new FairShare(vertx, 2, Duration.ofMinutes(1));
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<Promise<String>> running = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws TimeoutException {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void of_one_user_a_share_runs_and_the_others_have_their_turn_in_order() throws Exception {
        List<Future<String>> results = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            results.add(run(share, "alice", "statement " + i));
        }
        assertThat(begun).containsExactly("statement 0", "statement 1");

        for (int i = 0; i < 5; i++) {
            awaitBegun(Math.min(5, i + 2));
            running.get(i).complete("done");
            assertThat(results.get(i).await(10, TimeUnit.SECONDS)).isEqualTo("done");
        }
        assertThat(begun).containsExactly("statement 0", "statement 1", "statement 2", "statement 3", "statement 4");
        assertThat(share.users()).isZero();
    }

    @Test
    void another_user_waits_for_nobody() {
        for (int i = 0; i < 50; i++) {
            run(share, "alice", "alice");
        }

        run(share, "bob", "bob");

        assertThat(begun).containsExactly("alice", "alice", "bob");
    }

    @Test
    void a_failure_gives_its_place_on_too() throws Exception {
        run(share, "alice", "first");
        run(share, "alice", "second");
        run(share, "alice", "third");

        running.get(0).fail("broken");

        awaitBegun(3);
        running.get(1).complete("");
        running.get(2).complete("");
        Await.until(() -> share.users() == 0);
    }

    @Test
    void what_waited_begins_where_it_was_brought() throws Exception {
        run(share, "alice", "first");
        run(share, "alice", "second");
        Context context = vertx.getOrCreateContext();
        Promise<Context> begunOn = Promise.promise();
        Promise<Future<String>> brought = Promise.promise();
        context.runOnContext(here -> brought.complete(share.run("alice", () -> {
            begunOn.complete(Vertx.currentContext());
            return Future.succeededFuture("third");
        })));
        brought.future().await(10, TimeUnit.SECONDS);

        running.get(0).complete("");

        assertThat(begunOn.future().await(10, TimeUnit.SECONDS)).isSameAs(context);
        assertThat(brought.future().result().await(10, TimeUnit.SECONDS)).isEqualTo("third");
    }

    @Test
    void what_has_waited_too_long_does_not_begin() throws Exception {
        FairShare impatient = new FairShare(vertx, 1, Duration.ofMillis(1));
        run(impatient, "alice", "first");
        Future<String> late = run(impatient, "alice", "late");
        Await.until(late::isComplete);
        assertThat(late.cause()).isInstanceOf(UserBusyException.class);

        running.get(0).complete("");

        assertThat(begun).containsExactly("first");
        Await.until(() -> impatient.users() == 0);
    }

    @Test
    void too_many_that_wait_are_refused_and_nothing_is_lost_of_those_before() {
        for (int i = 0; i < 2 + FairShare.MAX_WAITING; i++) {
            assertThat(run(share, "alice", "statement").failed()).isFalse();
        }

        assertThat(run(share, "alice", "one more").cause()).isInstanceOf(UserBusyException.class);
        assertThat(run(share, "bob", "bob").failed()).isFalse();
    }

    private Future<String> run(FairShare of, String user, String name) {
        return of.run(user, () -> {
            begun.add(name);
            Promise<String> promise = Promise.promise();
            running.add(promise);
            return promise.future();
        });
    }

    private void awaitBegun(int statements) {
        Await.until(() -> running.size() >= statements);
    }
}
