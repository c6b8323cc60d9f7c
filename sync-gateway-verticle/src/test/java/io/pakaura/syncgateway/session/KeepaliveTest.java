package io.pakaura.syncgateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeepaliveTest {
    private static final int SOCKETS = 500;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void sockets_that_came_together_are_not_all_asked_at_once() throws Exception {
        List<Long> asked = new ArrayList<>();
        CompletableFuture<List<Long>> all = new CompletableFuture<>();
        vertx.runOnContext(here -> {
            long joined = System.nanoTime();
            for (int i = 0; i < SOCKETS; i++) {
                new Keepalive(
                                vertx,
                                INTERVAL,
                                () -> joined,
                                () -> joined,
                                () -> {
                                    asked.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - joined));
                                    if (asked.size() == SOCKETS) {
                                        all.complete(asked);
                                    }
                                },
                                () -> {})
                        .start();
            }
        });

        List<Long> millis = all.get(20, TimeUnit.SECONDS);
        assertThat(millis.get(0)).isGreaterThanOrEqualTo(900);
        assertThat(millis.get(SOCKETS - 1) - millis.get(0)).isGreaterThan(50);
        assertThat(millis.stream().distinct().count()).isGreaterThan(20);
    }
}
