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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that survives a restart. One process at a time; blocking I/O. */
final class DataDirectory {
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
            if (fresh) {
                directory.clear();
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

    Path topics() {
        return path.resolve("topics");
    }

    /** The secret that demo tokens are signed with; made once, so that a browser stays signed in over a restart. */
    String tokenSecret() {
        Path file = path.resolve("jwt-secret");
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                Files.writeString(file, HexFormat.of().formatHex(random));
            }
            return Files.readString(file).strip();
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
