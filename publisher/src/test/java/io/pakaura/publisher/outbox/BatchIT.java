package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchIT {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<List<Integer>> statements = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void what_gathers_while_a_statement_runs_is_the_next_in_portions_of_five_hundred() {
        Promise<Void> first = Promise.promise();
        Batch<Integer> batch = batch(items -> statements.size() == 1 ? first.future() : Future.succeededFuture());

        add(batch, 0, 1);
        Await.until(() -> statements.size() == 1);
        add(batch, 1, 1_201);
        first.complete();

        Await.until(() -> statements.stream().mapToInt(List::size).sum() == 1_201);
        assertThat(statements).extracting(List::size).containsExactly(1, 500, 500, 200);
    }

    @Test
    void a_statement_that_fails_is_repeated_with_what_gathered_since() {
        Promise<Void> first = Promise.promise();
        Batch<Integer> batch = batch(items -> statements.size() == 1 ? first.future() : Future.succeededFuture());

        add(batch, 0, 2);
        Await.until(() -> statements.size() == 1);
        add(batch, 2, 4);
        first.fail("the database is away");

        Await.until(() -> statements.size() == 2);
        assertThat(statements).containsExactly(List.of(0, 1), List.of(0, 1, 2, 3));
    }

    @Test
    void while_a_statement_hangs_no_more_than_the_bound_gathers() {
        Promise<Void> first = Promise.promise();
        Batch<Integer> batch = batch(items -> statements.size() == 1 ? first.future() : Future.succeededFuture());

        add(batch, 0, 1);
        Await.until(() -> statements.size() == 1);
        add(batch, 1, Batch.MAX_KEPT + 5_000);
        first.complete();

        flush(batch);
        assertThat(statements.stream().mapToInt(List::size).sum()).isEqualTo(1 + Batch.MAX_KEPT);
    }

    private Batch<Integer> batch(Function<Collection<Integer>, Future<Void>> statement) {
        return new Batch<>(vertx, items -> {
            statements.add(new ArrayList<>(items));
            return statement.apply(items);
        });
    }

    private void add(Batch<Integer> batch, int from, int to) {
        context.runOnContext(here -> IntStream.range(from, to).forEach(batch::add));
    }

    private void flush(Batch<Integer> batch) {
        Promise<Void> flushed = Promise.promise();
        context.runOnContext(here -> batch.flush().onComplete(flushed));
        try {
            flushed.future().await(20, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
