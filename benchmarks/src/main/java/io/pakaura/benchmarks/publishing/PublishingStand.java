package io.pakaura.benchmarks.publishing;

import io.pakaura.benchmarks.bare.BareMain;
import io.pakaura.benchmarks.stand.BenchmarkDatabase;
import io.pakaura.benchmarks.stand.Contender;
import io.pakaura.benchmarks.stand.RealSidecar;
import io.pakaura.benchmarks.stand.Servers;
import io.pakaura.taskapi.Main;
import java.util.Map;

/**
 * The servers that are compared, on one database and one sidecar. Blocking; one thread.
 *
 * @param servers all of it
 * @param on the task API with events
 * @param off the task API without
 * @param awaiting the handler that awaits its publishes
 */
record PublishingStand(
        Servers servers, BenchmarkDatabase database, Contender on, Contender off, Contender awaiting, int sidecarPort)
        implements AutoCloseable {

    static PublishingStand start(int sidecarPort) throws Exception {
        Servers servers = new Servers();
        try {
            BenchmarkDatabase database = servers.add(BenchmarkDatabase.start());
            Map<String, String> off = Map.of("DAPR_ENABLED", "false");
            Map<String, String> on = publishing(sidecarPort);
            return new PublishingStand(
                    servers,
                    database,
                    new Contender("task API, events on", servers.start(Main.class, database, on), true),
                    new Contender("task API, events off", servers.start(Main.class, database, off), false),
                    new Contender("awaited publishes", servers.start(BareMain.class, database, on), false),
                    sidecarPort);
        } catch (Throwable failure) {
            servers.close();
            throw failure;
        }
    }

    static Map<String, String> publishing(int sidecarPort) {
        return Map.of(
                "DAPR_ENABLED", "true",
                "DAPR_HTTP_PORT", Integer.toString(sidecarPort),
                "TASK_UPDATES_PARTITIONS", Integer.toString(RealSidecar.PARTITIONS));
    }

    @Override
    public void close() {
        servers.close();
    }
}
