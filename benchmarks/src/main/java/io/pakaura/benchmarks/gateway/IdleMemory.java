package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.crowd.ClientSocket;
import io.pakaura.benchmarks.crowd.Crowd;
import io.pakaura.benchmarks.stand.ProcessMemory;
import io.pakaura.benchmarks.stand.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a connection takes that nothing is sent over. Each server is fresh, and all that it grows by is counted: its classes,
 * its compiled code, and what its heap needed while the sockets came. Blocking.
 */
record IdleMemory(GatewayConfig config, Crowd crowd) {
    private static final Logger log = LoggerFactory.getLogger(IdleMemory.class);
    private static final Duration SETTLE = Duration.ofSeconds(3);

    /**
     * A server's memory in bytes, each time after its garbage was collected.
     *
     * @param before when it has just started
     * @param after with all sockets
     */
    record Result(String server, int sockets, long before, long after) {
        double kibibytesASocket() {
            return (after - before) / 1024.0 / sockets;
        }
    }

    Result measure(Callable<FanOutServer> fresh) throws Exception {
        try (FanOutServer server = fresh.call()) {
            List<Crowd.Visitor> visitors = FanOutServer.visitors(config.idleSockets(), 1);
            long before = settled(server);
            List<ClientSocket> sockets = crowd.join(server.process().port(), visitors);
            try {
                Result result = new Result(server.name(), sockets.size(), before, settled(server));
                log.info("{}: {} KiB a socket", result, result.kibibytesASocket());
                return result;
            } finally {
                crowd.leave(sockets);
            }
        }
    }

    private static long settled(FanOutServer server) throws IOException, InterruptedException {
        ServerProcess process = server.process();
        Thread.sleep(SETTLE.toMillis());
        server.collectGarbage();
        Thread.sleep(SETTLE.toMillis());
        return ProcessMemory.resident(process);
    }
}
