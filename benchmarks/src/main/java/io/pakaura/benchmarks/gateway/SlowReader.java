package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.crowd.ClientSocket;
import io.pakaura.benchmarks.crowd.Crowd;
import io.pakaura.benchmarks.crowd.EventFeed;
import io.pakaura.benchmarks.crowd.FeedResult;
import io.pakaura.benchmarks.stand.ProcessMemory;
import io.pakaura.benchmarks.stand.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client gets very many events, others few. Once it reads, and once it reads nothing at all: what the gateway keeps for
 * it, and what the others notice. Blocking.
 */
record SlowReader(GatewayConfig config, Crowd crowd) {
    static final int FLOOD_PER_SECOND = 5_000;
    private static final Logger log = LoggerFactory.getLogger(SlowReader.class);
    private static final int ROUNDS = 3;
    private static final String USER = "slow-00000";

    /**
     * What a JVM keeps, in bytes, after a full collection.
     *
     * @param direct buffers outside of the heap
     */
    record Memory(long heap, long direct) {
        static Memory of(ServerProcess jvm) throws IOException, InterruptedException {
            ProcessMemory.collect(jvm);
            return new Memory(ProcessMemory.heap(jvm), ProcessMemory.direct(jvm));
        }
    }

    /**
     * One round, in milliseconds and bytes.
     *
     * @param reading the others' latency while it reads
     * @param notReading the others' latency while it does not
     */
    record Round(FeedResult reading, FeedResult notReading, Memory before, Memory after) {
        private static final double MEBIBYTE = 1024 * 1024;

        double heapMebibytes() {
            return (after.heap - before.heap) / MEBIBYTE;
        }

        double directMebibytes() {
            return (after.direct - before.direct) / MEBIBYTE;
        }

        double mebibytes() {
            return heapMebibytes() + directMebibytes();
        }

        double p99Ratio() {
            return notReading.percentile(99) / reading.percentile(99);
        }
    }

    /** @param gateway started with {@link ProcessMemory#TRACKING} */
    List<Round> measure(FanOutServer gateway) throws Exception {
        try (Stage others = Stage.open(crowd, gateway, config.sockets() - 1, 1);
                EventFeed flood = EventFeed.open(crowd, gateway.process().opsPort())) {
            FeedResult warm = whileItReads(others, flood, config.warmUp());
            log.info("warm after {} events to the others", warm.events());
            var unused = round(others, flood); // A client that does not read takes ways of its own, and they are cold.
            List<Round> rounds = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                rounds.add(round(others, flood));
            }
            return rounds;
        }
    }

    private Round round(Stage others, EventFeed flood) throws Exception {
        Duration time = Duration.ofMillis(config.slowEvents() * 1_000L / FLOOD_PER_SECOND);
        ServerProcess gateway = others.server().process();
        FeedResult reading = whileItReads(others, flood, time);
        Memory before = Memory.of(gateway);
        ClientSocket sleeper = crowd.joinWithoutReading(gateway.port(), FanOutServer.visitor(USER));
        try {
            FeedResult notReading = besides(others, flood, 0, time);
            // It still has its connection: whoever does not read is closed after half a minute only.
            return new Round(reading, notReading, before, Memory.of(gateway));
        } finally {
            crowd.leave(List.of(sleeper));
        }
    }

    private FeedResult whileItReads(Stage others, EventFeed flood, Duration time) throws Exception {
        ClientSocket reader = crowd.join(others.server().process().port(), FanOutServer.visitor(USER));
        try {
            return besides(others, flood, 1, time);
        } finally {
            crowd.leave(List.of(reader));
        }
    }

    /** What the others see while one, who has so many sockets that read, is sent very much. */
    private static FeedResult besides(Stage others, EventFeed feed, int sockets, Duration time) throws Exception {
        var one = new EventFeed.Audience(List.of(others.server().event(USER)), sockets);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<FeedResult> flood =
                    thread.submit(() -> feed.run(one, new EventFeed.Pace(FLOOD_PER_SECOND, 1, false), time));
            FeedResult seen = others.run(new EventFeed.Pace(Latency.PER_SECOND, 1, true), time);
            log.info("{} events to one, p99 of the others {} ms", flood.get().events(), seen.percentile(99));
            return seen;
        } finally {
            thread.shutdownNow();
        }
    }
}
