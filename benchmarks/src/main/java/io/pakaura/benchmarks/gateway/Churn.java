package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.crowd.ClientSocket;
import io.pakaura.benchmarks.crowd.Crowd;
import io.pakaura.benchmarks.crowd.EventFeed;
import io.pakaura.benchmarks.crowd.FeedResult;
import io.pakaura.benchmarks.stand.ProcessMemory;
import io.pakaura.benchmarks.stand.ServerProcess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets come and go, while others stay and get events: whether the gateway's memory grows with those that are gone.
 * Blocking.
 */
record Churn(GatewayConfig config, Crowd crowd) {
    static final int JOINS_PER_SECOND = 100;
    static final int EVENTS_PER_SECOND = 200;

    /** Each that comes stays for five seconds. */
    private static final int VISITORS = 5 * JOINS_PER_SECOND;

    private static final Logger log = LoggerFactory.getLogger(Churn.class);
    private static final int SIXTHS = 6;

    /**
     * What came of it.
     *
     * @param joins how many came, and all but the last few went
     * @param resident memory in bytes, once for each second
     */
    record Result(long joins, List<Long> resident) {
        /** Mean of one sixth of the time, in bytes; from 1 to 6. */
        double sixth(int n) {
            List<Long> samples = resident.subList(resident.size() * (n - 1) / SIXTHS, resident.size() * n / SIXTHS);
            return samples.stream().mapToLong(Long::longValue).average().orElse(Double.NaN);
        }

        /** The last sixth of the second. */
        double growth() {
            return sixth(SIXTHS) / sixth(2);
        }
    }

    Result measure(FanOutServer gateway) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Stage staying = Stage.open(crowd, gateway, config.sockets() / 10, 1)) {
            Future<FeedResult> events =
                    thread.submit(() -> staying.run(new EventFeed.Pace(EVENTS_PER_SECOND, 1, false), config.churn()));
            Result result = comeAndGo(gateway.process());
            log.info("{} events were delivered meanwhile", events.get().deliveries());
            return result;
        } finally {
            thread.shutdownNow();
        }
    }

    private Result comeAndGo(ServerProcess gateway) throws Exception {
        List<Crowd.Visitor> visitors = FanOutServer.strangers(2 * VISITORS);
        Deque<ClientSocket> here = new ArrayDeque<>();
        List<Long> resident = new ArrayList<>();
        long begin = System.nanoTime();
        int joins = 0;
        while (System.nanoTime() - begin < config.churn().toNanos()) {
            here.addLast(crowd.join(gateway.port(), visitors.get(joins % visitors.size())));
            joins++;
            if (here.size() > VISITORS) {
                crowd.leave(List.of(here.removeFirst()));
            }
            if (joins % JOINS_PER_SECOND == 0) {
                resident.add(ProcessMemory.resident(gateway));
            }
            long due = begin + joins * 1_000_000_000L / JOINS_PER_SECOND;
            Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
        }
        crowd.leave(here);
        return new Result(joins, resident);
    }
}
