package io.pakaura.publisher.dapr;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SidecarRequestsIT {
    private static final int CONNECTIONS = 64;
    private static final Duration LONG = Duration.ofMillis(1_500);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final SidecarRequests.Call CALL =
            new SidecarRequests.Call(HttpMethod.GET, "/v1.0/healthz", Map.of(), Map.of(), null);

    @Test
    void what_timed_out_before_it_had_a_connection_is_never_sent() throws TimeoutException {
        Vertx vertx = Vertx.vertx();
        try (RawSidecar sidecar = new RawSidecar(RawSidecar.hanging())) {
            SidecarRequests requests =
                    new SidecarRequests(vertx, new DaprConfig("127.0.0.1", sidecar.port(), null, LONG));
            List<Future<Answer>> hanging = sendTimes(requests, CONNECTIONS, LONG);
            Await.until(() -> sidecar.requests().size() == CONNECTIONS);
            for (Future<Answer> waiting : sendTimes(requests, 10, SHORT)) {
                assertThat(waiting.await(20, TimeUnit.SECONDS))
                        .isEqualTo(new Answer.Missing(new SidecarFailure.TimedOut()));
            }
            assertThat(hanging).noneMatch(Future::isComplete);
            sidecar.behave(RawSidecar.answering(204, ""));
            // Its turn comes after theirs.
            assertThat(requests.send(CALL, LONG.multipliedBy(2)).await(20, TimeUnit.SECONDS))
                    .isInstanceOf(Answer.Received.class);
            assertThat(sidecar.requests()).hasSize(CONNECTIONS + 1);
            requests.close();
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static List<Future<Answer>> sendTimes(SidecarRequests requests, int times, Duration deadline) {
        return Stream.generate(() -> requests.send(CALL, deadline)).limit(times).toList();
    }
}
