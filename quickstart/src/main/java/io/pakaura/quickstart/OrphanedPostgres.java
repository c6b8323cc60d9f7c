package io.pakaura.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The PostgreSQL that outlives a quickstart which was killed. It still holds the data directory, so it is stopped
 * before another begins.
 */
final class OrphanedPostgres {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private OrphanedPostgres() {}

    /** Stops it in order if it is there; if it doesn't stop, it is killed, which its write-ahead log is made for. */
    static void stop(Path dataDirectory) throws IOException {
        Optional<ProcessHandle> orphan = find(dataDirectory.resolve("postmaster.pid"));
        if (orphan.isPresent() && !endsAfter(orphan.get(), orphan.get().destroy())) {
            var unused = endsAfter(orphan.get(), orphan.get().destroyForcibly());
        }
    }

    /** The first line of {@code postmaster.pid} is the process id; it may be long gone, or by now someone else's. */
    private static Optional<ProcessHandle> find(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                        .filter(process -> process.info().command().orElse("").contains("postgres"));
    }

    private static boolean endsAfter(ProcessHandle process, boolean signalled) {
        try {
            return signalled
                    && process.onExit()
                                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                                    .join()
                            != null;
        } catch (CompletionException late) {
            return false;
        }
    }
}
