package io.pakaura.benchmarks.publishing;

import io.pakaura.benchmarks.load.LoadResult;
import io.pakaura.benchmarks.stand.Contender;
import io.pakaura.benchmarks.stand.InstantSidecar;
import io.pakaura.benchmarks.stand.InstantSidecar.Behaviour;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an outage in the middle of load costs: events that never come, and time. Blocking. */
final class Outages {
    private static final Logger log = LoggerFactory.getLogger(Outages.class);
    private static final int EVENTS_OF_A_WRITE = 2;

    /** Of the outage's length, before it and after it. */
    private static final int SHARE_AROUND = 3;

    private static final Duration DRAIN = Duration.ofSeconds(60);

    private final PublishingConfig config;
    private final PublishingStand stand;
    private final InstantSidecar sidecar;
    private final Runs runs;

    Outages(PublishingConfig config, PublishingStand stand, InstantSidecar sidecar, Runs runs) {
        this.config = config;
        this.stand = stand;
        this.sidecar = sidecar;
        this.runs = runs;
    }

    /**
     * One outage.
     *
     * @param writes all answered with 2xx
     * @param lost events of theirs that never reached the sidecar
     * @param p99 milliseconds
     * @param max milliseconds
     */
    record Result(String server, Behaviour sidecar, long writes, long lost, double p50, double p99, double max) {
        long events() {
            return EVENTS_OF_A_WRITE * writes;
        }
    }

    List<Result> measure() throws Exception {
        List<Result> results = new ArrayList<>();
        for (Behaviour behaviour : List.of(Behaviour.DEAD, Behaviour.FROZEN, Behaviour.FAILING)) {
            for (Contender contender : List.of(stand.awaiting(), stand.on())) {
                Result result = measure(contender, behaviour);
                log.info("{}", result);
                results.add(result);
            }
        }
        return results;
    }

    private Result measure(Contender contender, Behaviour behaviour) throws Exception {
        Duration around = config.outage().dividedBy(SHARE_AROUND);
        Duration timed = config.outage().plus(around).plus(around);
        sidecar.noteEvents();
        Future<LoadResult> running = runs.patient(config.writesPerSecond(), contender.server(), timed);
        Thread.sleep(around.toMillis());
        sidecar.become(behaviour);
        Thread.sleep(config.outage().toMillis());
        sidecar.become(Behaviour.WELL);
        LoadResult load = Runs.await(running, timed);
        Duration drain = stand.database().awaitEmptyOutbox(DRAIN);
        log.info("the outbox was empty {} ms after the last answer", drain.toMillis());
        return new Result(
                contender.name(),
                behaviour,
                load.requests(),
                EVENTS_OF_A_WRITE * load.requests() - sidecar.noted(),
                load.percentile(50),
                load.percentile(99),
                load.max());
    }
}
