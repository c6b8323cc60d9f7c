package io.pakaura.benchmarks.rest;

import io.pakaura.benchmarks.bare.BareMain;
import io.pakaura.benchmarks.stand.BenchmarkDatabase;
import io.pakaura.benchmarks.stand.Contender;
import io.pakaura.benchmarks.stand.InstantSidecar;
import io.pakaura.benchmarks.stand.Servers;
import java.util.Map;

/** The servers that are compared, on one database. All stay up from the first case to the last. Blocking. */
record RestStand(
        Servers servers,
        InstantSidecar sidecar,
        BenchmarkDatabase database,
        Contender quiet,
        Contender publishing,
        Contender bare)
        implements AutoCloseable {

    static RestStand start() throws Exception {
        Servers servers = new Servers();
        try {
            return start(servers);
        } catch (Throwable failure) {
            servers.close();
            throw failure;
        }
    }

    private static RestStand start(Servers servers) throws Exception {
        InstantSidecar sidecar = servers.add(InstantSidecar.start());
        BenchmarkDatabase database = servers.add(BenchmarkDatabase.start());
        Map<String, String> off = Map.of("DAPR_ENABLED", "false");
        Map<String, String> on = Map.of("DAPR_ENABLED", "true", "DAPR_HTTP_PORT", Integer.toString(sidecar.port()));
        return new RestStand(
                servers,
                sidecar,
                database,
                new Contender(
                        "task API, `DAPR_ENABLED=false`",
                        servers.start(io.pakaura.taskapi.Main.class, database, off),
                        false),
                new Contender(
                        "task API, `DAPR_ENABLED=true`",
                        servers.start(io.pakaura.taskapi.Main.class, database, on),
                        true),
                new Contender("bare handler", servers.start(BareMain.class, database, off), false));
    }

    @Override
    public void close() {
        servers.close();
    }
}
