package io.pakaura.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        Optional<ProcessHandle> orphan = find(dataDirectory);
        if (orphan.isPresent() && !endsAfter(orphan.get(), orphan.get().destroy())) {
            var unused = endsAfter(orphan.get(), orphan.get().destroyForcibly());
        }
    }

    /**
     * The first line of {@code postmaster.pid} is the process id. It may be long gone, or by now someone else's, another
     * PostgreSQL's even: ours was started with our data directory.
     */
    private static Optional<ProcessHandle> find(Path dataDirectory) throws IOException {
        Path pidFile = dataDirectory.resolve("postmaster.pid");
        String first = Files.exists(pidFile)
                ? Files.readString(pidFile).lines().findFirst().orElse("").strip()
                : "";
        return first.matches("\\d{1,9}")
                ? ProcessHandle.of(Long.parseLong(first)).filter(process -> serves(process, dataDirectory))
                : Optional.empty();
    }

    private static boolean serves(ProcessHandle process, Path dataDirectory) {
        String commandLine = process.info().commandLine().orElse("");
        return commandLine.contains("postgres") && commandLine.contains(dataDirectory.toString());
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
