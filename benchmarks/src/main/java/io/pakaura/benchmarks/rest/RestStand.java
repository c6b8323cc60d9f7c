package io.pakaura.benchmarks.rest;

import io.pakaura.benchmarks.stand.BenchmarkDatabase;
import io.pakaura.benchmarks.stand.ChildJvm;
import io.pakaura.benchmarks.stand.InstantSidecar;
import io.pakaura.benchmarks.stand.Tokens;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The servers that are compared, on one database. All stay up from the first case to the last. Blocking. */
final class RestStand implements AutoCloseable {
    private static final long START_SECONDS = 10;

    private final Vertx sidecarVertx = Vertx.vertx();
    private final Path logs = Files.createTempDirectory("pakaura-benchmarks-");
    final InstantSidecar sidecar;
    final BenchmarkDatabase database;
    final Contender quiet;
    final Contender publishing;
    final Contender bare;

    RestStand() throws Exception {
        logs.toFile().deleteOnExit();
        sidecar = InstantSidecar.start(sidecarVertx).await(START_SECONDS, TimeUnit.SECONDS);
        database = BenchmarkDatabase.start();
        quiet = start("task API, `DAPR_ENABLED=false`", io.pakaura.taskapi.Main.class, false);
        publishing = start("task API, `DAPR_ENABLED=true`", io.pakaura.taskapi.Main.class, true);
        bare = start("bare handler", BareMain.class, false);
        for (Contender contender : List.of(quiet, publishing, bare)) {
            contender.server().awaitReady();
        }
    }

    private Contender start(String name, Class<?> main, boolean publishes) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "DATABASE_URL", database.url(),
                "JWT_SECRET", Tokens.SECRET,
                "HTTP_HOST", "127.0.0.1",
                "HTTP_PORT", "0",
                "OPS_HOST", "127.0.0.1",
                "OPS_PORT", "0"));
        environment.put("DAPR_ENABLED", Boolean.toString(publishes));
        environment.put("DAPR_HTTP_PORT", Integer.toString(sidecar.port()));
        // Counted, but never reached: one user writes as fast as he can.
        environment.put("RATE_LIMIT_PER_SECOND", "1000000");
        environment.put("RATE_LIMIT_BURST", "1000000");
        Path log = Files.createTempFile(logs, main.getPackageName(), ".log");
        log.toFile().deleteOnExit();
        return new Contender(name, ChildJvm.start(main, environment, log), publishes);
    }

    @Override
    public void close() throws Exception {
        for (Contender contender : List.of(bare, publishing, quiet)) {
            contender.server().close();
        }
        database.close();
        sidecarVertx.close().await(START_SECONDS, TimeUnit.SECONDS);
    }
}
