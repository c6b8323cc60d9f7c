package io.pakaura.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FixedRateIT {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void so_many_requests_are_made_as_are_due() throws Exception {
        LoadResult result = run(request -> respond(request, 204), 500, 4);

        assertThat(result.requests()).isEqualTo(150);
        assertThat(result.latencies().getTotalCount()).isEqualTo(100);
        assertThat(result.throughput()).isEqualTo(500);
    }

    @Test
    void a_stall_counts_for_every_request_that_was_due_in_it() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        LoadResult result = run(
                request -> {
                    long stall = requests.incrementAndGet() == 60 ? 100 : 0;
                    vertx.timer(1 + stall).onComplete(later -> respond(request, 204));
                },
                500,
                1);

        assertThat(result.max()).isGreaterThanOrEqualTo(100);
        assertThat(result.latencies().getCountBetweenValues(50_000_000, Long.MAX_VALUE / 2))
                .as("with one connection, those due in the first half of the stall waited for half of it at least")
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    void a_server_that_answers_nothing_makes_it_fail_at_the_bound() {
        assertThatThrownBy(() -> run(request -> {}, 60_000, 1)).hasMessageContaining("10000 requests are unanswered");
    }

    @Test
    void an_answer_that_is_not_2xx_makes_it_fail() {
        assertThatThrownBy(() -> run(request -> respond(request, 503), 100, 1)).hasMessageContaining("{503=30}");
    }

    private static void respond(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end().onFailure(gone -> {});
    }

    private LoadResult run(Handler<HttpServerRequest> server, int perSecond, int connections) throws Exception {
        Future<LoadResult> result = vertx.createHttpServer()
                .requestHandler(server)
                .listen(0, "127.0.0.1")
                .compose(listening -> FixedRate.run(
                        vertx,
                        listening.actualPort(),
                        new FixedRate.Load(
                                perSecond,
                                connections,
                                Duration.ofMillis(100),
                                Duration.ofMillis(200),
                                () -> new Request(HttpMethod.GET, "/", "", null))));
        return result.await(20, TimeUnit.SECONDS);
    }
}
