package io.pakaura.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that survives a restart. One process at a time; blocking I/O. */
final class DataDirectory {
    private static final Pattern SECRET = Pattern.compile("[0-9a-f]{64}");

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws IllegalStateException if another process uses the folder */
    static DataDirectory open(Path path, boolean fresh) {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new IllegalStateException("another quickstart runs in " + path + ": stop it first");
            }
            DataDirectory directory = new DataDirectory(path, channel);
            OrphanedPostgres.stop(directory.database());
            if (fresh || Files.exists(directory.unfinished())) {
                directory.clear();
            }
            if (!Files.exists(directory.database())) {
                Files.writeString(directory.unfinished(), "");
            }
            return directory;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    Path database() {
        return path.resolve("postgres");
    }

    /** Is there while the database is being made: one that was killed on the way is of no use, and has no tasks yet. */
    private Path unfinished() {
        return path.resolve("unfinished");
    }

    /** Says that the database is made, so that the next start goes on with it. */
    void markFinished() {
        try {
            Files.deleteIfExists(unfinished());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path topics() {
        return path.resolve("topics");
    }

    /** The secret that demo tokens are signed with; made once, so that a browser stays signed in over a restart. */
    String tokenSecret() {
        Path file = path.resolve("jwt-secret");
        try {
            String secret = Files.exists(file) ? Files.readString(file).strip() : "";
            if (!SECRET.matcher(secret).matches()) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                secret = HexFormat.of().formatHex(random);
                Files.writeString(file, secret);
            }
            return secret;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void clear() throws IOException {
        Files.deleteIfExists(unfinished());
        for (Path kept : new Path[] {database(), topics()}) {
            if (Files.exists(kept)) {
                try (Stream<Path> files = Files.walk(kept)) {
                    files.sorted(Comparator.reverseOrder()).forEach(DataDirectory::delete);
                }
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
