package io.pakaura.benchmarks.publishing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.benchmarks.load.Spread;
import io.pakaura.benchmarks.stand.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the commit to the sidecar's 204, compared with a publish by the same client and nothing around it. Blocking. */
final class Delay {
    private static final Logger log = LoggerFactory.getLogger(Delay.class);
    private static final Duration DRAIN = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PublishingConfig config;
    private final PublishingStand stand;
    private final ServerProcess direct;
    private final Runs runs;

    Delay(PublishingConfig config, PublishingStand stand, ServerProcess direct, Runs runs) {
        this.config = config;
        this.stand = stand;
        this.direct = direct;
        this.runs = runs;
    }

    /** One run, in milliseconds; what comes from an outbox has bounds for percentiles. */
    record Sample(long events, double mean, double p50, double p99) {}

    /** All runs. */
    record Result(List<Sample> direct, List<Sample> outbox) {
        static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> value) {
            return Spread.of(samples.stream().map(value::applyAsDouble).toList());
        }

        /** How much more the outbox takes on average: of the medians, and the extremes of the rounds. */
        Spread more() {
            List<Double> rounds = new ArrayList<>();
            for (int i = 0; i < outbox.size(); i++) {
                rounds.add(outbox.get(i).mean() - direct.get(i).mean());
            }
            Spread spread = Spread.of(rounds);
            double ofMedians = spread(outbox, Sample::mean).median()
                    - spread(direct, Sample::mean).median();
            return new Spread(spread.min(), ofMedians, spread.max());
        }
    }

    Result measure() throws Exception {
        Result result = new Result(new ArrayList<>(), new ArrayList<>());
        log.info("warm-up: direct {}, outbox {}", direct(), outbox());
        for (int round = 0; round < config.rounds(); round++) {
            result.direct().add(direct());
            result.outbox().add(outbox());
            log.info(
                    "commit to 204: direct {}, outbox {}",
                    result.direct().get(round),
                    result.outbox().get(round));
        }
        return result;
    }

    private Sample direct() throws Exception {
        var before = publishes();
        var load = runs.at(config.writesPerSecond(), direct);
        DirectService.Publishes publishes = publishes();
        if (publishes.failed() > 0 || publishes.count() != load.requests()) {
            throw new IllegalStateException("direct publishes failed: " + publishes + " after " + before);
        }
        return new Sample(publishes.count(), publishes.mean(), publishes.p50(), publishes.p99());
    }

    private DirectService.Publishes publishes() throws IOException, InterruptedException {
        return MAPPER.readValue(get(direct.port(), "/"), DirectService.Publishes.class);
    }

    private Sample outbox() throws Exception {
        DelayMetrics before = metrics();
        var load = runs.at(config.writesPerSecond(), stand.on().server());
        var drain = stand.database().awaitEmptyOutbox(DRAIN);
        DelayMetrics delay = metrics().since(before);
        if (delay.count() < load.requests()) {
            throw new IllegalStateException("of %d writes %.0f were published, %d ms after the last"
                    .formatted(load.requests(), delay.count(), drain.toMillis()));
        }
        return new Sample((long) delay.count(), delay.mean(), delay.atMost(50), delay.atMost(99));
    }

    private DelayMetrics metrics() throws IOException, InterruptedException {
        return DelayMetrics.read(get(stand.on().server().opsPort(), "/metrics"));
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
