package io.pakaura.benchmarks.publishing;

import io.pakaura.benchmarks.load.ClosedLoop;
import io.pakaura.benchmarks.load.FixedRate;
import io.pakaura.benchmarks.load.LoadResult;
import io.pakaura.benchmarks.load.Request;
import io.pakaura.benchmarks.stand.ServerProcess;
import io.pakaura.benchmarks.stand.TaskRequests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Load of {@code POST /tasks}, as the configuration wants it. Blocking, but for what returns a future. */
final class Runs {
    /** What a server may need for its last answers. */
    private static final Duration TAIL = Duration.ofSeconds(60);

    /** Enough for a server whose answers take seconds: what is to be seen is how long it takes, not how it is queued here. */
    private static final int PATIENT_CONNECTIONS = 2_000;

    private final Vertx vertx;
    private final PublishingConfig config;
    private final Supplier<Request> requests;

    Runs(Vertx vertx, PublishingConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.requests = TaskRequests.creations("writer-", config.users());
    }

    /** As much as it can bear. */
    LoadResult saturated(ServerProcess server, Duration timed) throws TimeoutException {
        return await(ClosedLoop.run(vertx, server.port(), config.connections(), requests, Duration.ZERO, timed), timed);
    }

    /** At a rate, after it got used to it. */
    LoadResult at(int perSecond, ServerProcess server) throws TimeoutException {
        FixedRate.Load load =
                new FixedRate.Load(perSecond, config.connections(), config.settle(), config.timed(), requests);
        return await(FixedRate.run(vertx, server.port(), load), config.settle().plus(config.timed()));
    }

    /** At a rate, however slow the answers are. */
    Future<LoadResult> patient(int perSecond, ServerProcess server, Duration timed) {
        return FixedRate.run(
                vertx,
                server.port(),
                new FixedRate.Load(perSecond, PATIENT_CONNECTIONS, Duration.ZERO, timed, requests));
    }

    static LoadResult await(Future<LoadResult> load, Duration expected) throws TimeoutException {
        return load.await(expected.plus(TAIL).toMillis(), TimeUnit.MILLISECONDS);
    }
}
