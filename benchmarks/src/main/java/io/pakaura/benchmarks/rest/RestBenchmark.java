package io.pakaura.benchmarks.rest;

import io.pakaura.benchmarks.load.ClosedLoop;
import io.pakaura.benchmarks.load.LoadResult;
import io.pakaura.benchmarks.rest.RestCase.Entry;
import io.pakaura.benchmarks.stand.Contender;
import io.pakaura.benchmarks.stand.Environment;
import io.pakaura.benchmarks.stand.TaskRequests;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the task API with the bare handler: in each round of a case, each server has one run. Blocking. */
public final class RestBenchmark {
    private static final Logger log = LoggerFactory.getLogger(RestBenchmark.class);
    private static final double WRITE_GOAL = 0.70;
    private static final double PUBLISHED_WRITE_GOAL = 0.50;
    private static final double CHANGES_GOAL = 0.80;

    private static final Duration DRAIN = Duration.ofSeconds(60);
    private static final int EVENTS_OF_A_WRITE = 2;

    private final RestBenchmarkConfig config;
    private final RestStand stand;
    private final Vertx vertx;

    private RestBenchmark(RestBenchmarkConfig config, RestStand stand, Vertx vertx) {
        this.config = config;
        this.stand = stand;
        this.vertx = vertx;
    }

    /**
     * Runs all cases.
     *
     * @return the report, in Markdown
     * @throws Exception if a server does not start, a run has an answer that is not 2xx, or an event is missing
     */
    public static String run(RestBenchmarkConfig config) throws Exception {
        double load = Environment.load();
        Vertx vertx = Vertx.vertx();
        try (RestStand stand = RestStand.start()) {
            String environment = Environment.describe(stand.database().value("SHOW server_version"));
            stand.database().execute(RestRequests.readers(config.users()));
            stand.database().execute("VACUUM ANALYZE");
            RestBenchmark benchmark = new RestBenchmark(config, stand, vertx);
            List<RestCase.Result> results = new ArrayList<>();
            for (RestCase restCase : benchmark.cases()) {
                if (restCase.title().contains(config.cases())) {
                    results.add(benchmark.run(restCase));
                }
            }
            return new RestReport(config, environment, load, results).markdown();
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    /** The writes that count come after those that don't: by then everything is compiled. */
    private List<RestCase> cases() {
        int users = config.users();
        return List.of(
                new RestCase(
                        "`GET /tasks/changes` with nothing new, " + users + " users",
                        List.of(
                                new Entry(stand.bare(), 0, RestRequests.nothingNew(users)),
                                new Entry(stand.quiet(), CHANGES_GOAL, RestRequests.nothingNew(users)))),
                writes("`POST /tasks`, all of one user", "lonely-writer", 1, 0, 0),
                writes("`POST /tasks`, " + users + " users", "writer", users, WRITE_GOAL, PUBLISHED_WRITE_GOAL),
                new RestCase(
                        "`GET /tasks/{id}`, " + users + " users",
                        List.of(new Entry(stand.quiet(), 0, RestRequests.readings(users)))),
                new RestCase(
                        "`PATCH /tasks/{id}`, " + users + " users",
                        List.of(new Entry(stand.quiet(), 0, RestRequests.patches(users)))));
    }

    private RestCase writes(String title, String prefix, int users, double goal, double publishedGoal) {
        return new RestCase(
                title,
                List.of(
                        new Entry(stand.bare(), 0, TaskRequests.creations(prefix, users)),
                        new Entry(stand.quiet(), goal, TaskRequests.creations(prefix + "-quiet-", users)),
                        new Entry(
                                stand.publishing(),
                                publishedGoal,
                                TaskRequests.creations(prefix + "-publishing-", users))));
    }

    private RestCase.Result run(RestCase restCase) throws Exception {
        log.info("{}", restCase.title());
        List<Series> series = restCase.entries().stream()
                .map(entry -> new Series(entry.contender().name(), entry.goal(), new ArrayList<>()))
                .toList();
        for (Entry entry : restCase.entries()) {
            var unused = measure(entry, Duration.ZERO, config.warmUp());
        }
        for (int round = 0; round < config.rounds(); round++) {
            for (int i = 0; i < series.size(); i++) {
                Sample sample = measure(restCase.entries().get(i), config.settle(), config.timed());
                log.info("{}: {}", series.get(i).name(), sample);
                series.get(i).samples().add(sample);
            }
        }
        return new RestCase.Result(restCase.title(), series);
    }

    private Sample measure(Entry entry, Duration warmUp, Duration timed) throws Exception {
        Contender contender = entry.contender();
        Duration cpuBefore = contender.server().cpu();
        long publishedBefore = stand.sidecar().published();
        LoadResult result = ClosedLoop.run(
                        vertx, contender.server().port(), config.connections(), entry.requests(), warmUp, timed)
                .await(warmUp.plus(timed).plusSeconds(60).toSeconds(), TimeUnit.SECONDS);
        long drainMillis = contender.outbox() ? awaitPublished(publishedBefore, result.requests()) : 0;
        Duration cpu = contender.server().cpu().minus(cpuBefore);
        return new Sample(
                result.throughput(),
                result.percentile(50),
                result.percentile(99),
                cpu.toNanos() / 1e3 / Math.max(1, result.requests()),
                drainMillis);
    }

    /** How long it took until the outbox was empty; by then every event must have been published. */
    private long awaitPublished(long publishedBefore, long writes) throws SQLException, InterruptedException {
        Duration drain = stand.database().awaitEmptyOutbox(DRAIN);
        long published = stand.sidecar().published() - publishedBefore;
        if (published < EVENTS_OF_A_WRITE * writes) {
            throw new IllegalStateException("of " + writes + " writes only " + published + " events were published");
        }
        return drain.toMillis();
    }
}
