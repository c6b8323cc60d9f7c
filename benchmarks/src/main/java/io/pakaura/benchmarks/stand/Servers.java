package io.pakaura.benchmarks.stand;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a stand, among them servers on one database that are told the same. All end with it. Blocking; one thread. */
public final class Servers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Servers.class);

    private final List<AutoCloseable> parts = new ArrayList<>();

    /** Ends it with the rest, before what was added earlier. */
    public <T extends AutoCloseable> T add(T part) {
        parts.add(part);
        return part;
    }

    /**
     * Starts a server and waits until it is ready: side by side they would take each other's time.
     *
     * @param settings besides those that are the same for all
     */
    public ServerProcess start(Class<?> main, BenchmarkDatabase database, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "DATABASE_URL", database.url(),
                "JWT_SECRET", Tokens.SECRET,
                "HTTP_HOST", "127.0.0.1",
                "HTTP_PORT", "0",
                "OPS_HOST", "127.0.0.1",
                "OPS_PORT", "0",
                // Counted, but never reached: one user writes as fast as he can.
                "RATE_LIMIT_PER_SECOND", "1000000",
                "RATE_LIMIT_BURST", "1000000"));
        environment.putAll(settings);
        return add(ServerProcess.jvm(main, environment));
    }

    /** Ends all, the last first, whatever becomes of the others. */
    @Override
    public void close() {
        Collections.reverse(parts);
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception failure) {
                log.warn("a part of the stand did not end in order", failure);
            }
        }
        parts.clear();
    }
}
