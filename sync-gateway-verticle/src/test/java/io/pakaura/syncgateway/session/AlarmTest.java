package io.pakaura.syncgateway.session;

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
class AlarmTest {
    private static final int ALARMS = 500;
    private static final int APART_MS = 4;

    /** What an alarm's ringing was: so long after it was due, and so long after the time at which all ring. */
    private record Ring(long lateMillis, long apartMillis) {}

    @Test
    void alarms_ring_together_and_never_too_early(Vertx vertx) throws Exception {
        List<Ring> rung = new ArrayList<>();
        CompletableFuture<List<Ring>> all = new CompletableFuture<>();
        vertx.runOnContext(here -> {
            for (int i = 1; i <= ALARMS; i++) {
                long begin = System.nanoTime();
                Duration delay = Duration.ofMillis((long) i * APART_MS);
                new Alarm(vertx, () -> {
                            long now = System.nanoTime();
                            rung.add(new Ring(
                                    TimeUnit.NANOSECONDS.toMillis(now - begin - delay.toNanos()),
                                    TimeUnit.NANOSECONDS.toMillis(now) % Alarm.LATENESS.toMillis()));
                            if (rung.size() == ALARMS) {
                                all.complete(rung);
                            }
                        })
                        .set(delay);
            }
        });

        List<Ring> rings = all.get(20, TimeUnit.SECONDS);
        assertThat(rings).allSatisfy(ring -> assertThat(ring.lateMillis()).isNotNegative());
        // A machine that is busy may hold some up; of timers by themselves it would be a fifth.
        assertThat(rings).filteredOn(ring -> ring.apartMillis() < 50).hasSizeGreaterThan(ALARMS / 2);
    }

    @Test
    void a_cancelled_alarm_does_not_ring_and_one_that_is_set_anew_rings_once(Vertx vertx) throws Exception {
        List<String> rung = new ArrayList<>();
        CompletableFuture<List<String>> later = new CompletableFuture<>();
        vertx.runOnContext(here -> {
            Alarm cancelled = new Alarm(vertx, () -> rung.add("cancelled"));
            cancelled.set(Duration.ofMillis(1));
            cancelled.cancel();
            Alarm twice = new Alarm(vertx, () -> rung.add("set anew"));
            twice.set(Duration.ofMillis(1));
            twice.set(Duration.ofMillis(2));
            vertx.setTimer(800, done -> later.complete(rung));
        });

        assertThat(later.get(20, TimeUnit.SECONDS)).containsExactly("set anew");
    }
}
