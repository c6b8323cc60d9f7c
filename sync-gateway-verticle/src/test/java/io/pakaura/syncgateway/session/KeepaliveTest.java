package io.pakaura.syncgateway.session;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class KeepaliveTest {
    private static final int SOCKETS = 500;
    private static final Duration INTERVAL = Duration.ofMillis(4_250);

    @Test
    void sockets_that_came_together_are_not_all_asked_at_once(Vertx vertx) throws Exception {
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
        assertThat(millis.get(0)).isGreaterThanOrEqualTo(1_900);
        assertThat(millis.stream()
                        .filter(late -> late > INTERVAL.toMillis() + 2)
                        .count())
                .as("asked later than promised, but for a timer's delay")
                .isLessThan(SOCKETS / 2);
        var together = millis.stream().collect(groupingBy(time -> time / 500, counting()));
        assertThat(together.values()).hasSizeGreaterThanOrEqualTo(4).allSatisfy(count -> assertThat(count)
                .isLessThan(SOCKETS / 2));
    }
}
