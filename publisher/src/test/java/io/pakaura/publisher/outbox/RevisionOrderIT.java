package io.pakaura.publisher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RevisionOrderIT {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<Long> passed = new CopyOnWriteArrayList<>();
    private final RevisionOrder order =
            new RevisionOrder(vertx, row -> passed.add(row.row().revision()));

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void what_comes_before_its_turn_waits_for_it() {
        accept(1, 3, 2, 5, 6, 4, 7);

        Await.until(() -> passed.size() == 7);
        assertThat(passed).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void what_another_process_made_is_not_waited_for_long() {
        accept(1, 3, 5);

        Await.until(() -> passed.size() == 3);
        assertThat(passed).containsExactly(1L, 3L, 5L);
    }

    @Test
    void what_comes_too_late_passes_at_once() {
        accept(5);
        Await.until(() -> passed.size() == 1);

        accept(4, 6);

        Await.until(() -> passed.size() == 3);
        assertThat(passed).containsExactly(5L, 4L, 6L);
    }

    @Test
    void a_row_that_never_comes_holds_up_no_more_than_the_bound() {
        long[] revisions = new long[300];
        for (int i = 0; i < revisions.length; i++) {
            revisions[i] = i == 0 ? 1 : i + 2L;
        }
        accept(revisions);

        Await.until(() -> passed.size() == 300);
        assertThat(passed).isSorted();
    }

    private void accept(long... revisions) {
        context.runOnContext(here -> {
            for (long revision : revisions) {
                order.accept(Offered.now(new OutboxRow(
                        revision,
                        UUID.randomUUID(),
                        "alice",
                        revision,
                        null,
                        new StoredTask.Json("{}"),
                        Instant.now(),
                        "c",
                        "t",
                        7,
                        0)));
            }
        });
    }
}
