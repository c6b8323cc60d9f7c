package io.pakaura.daprstandin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link LineLog} in a file. One write is in flight at a time; what is appended meanwhile goes out as one. */
final class FileLineLog implements LineLog {

    private static final Logger LOG = LoggerFactory.getLogger(FileLineLog.class);

    private record Line(String text, Promise<Void> written) {}

    private record Replacement(Supplier<List<String>> lines, Promise<Void> written) {}

    private final Vertx vertx;
    private final Path file;
    private List<Line> pending = new ArrayList<>();
    private @Nullable Replacement replacement;
    private @Nullable Promise<Void> closing;
    private boolean writing;
    private boolean closed;
    private long size;

    // Belongs to the one write that is in flight.
    private FileChannel channel;

    private FileLineLog(Vertx vertx, Path file, FileChannel channel, long size) {
        this.vertx = vertx;
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    /**
     * Opens the file, or creates it; every line that it has goes to the consumer. A last line without an end was torn by a
     * kill in the middle of a write, nobody was told that it was accepted, and it is cut off. Blocks.
     */
    static FileLineLog open(Vertx vertx, Path file, Consumer<String> existing) throws IOException {
        long complete = Files.exists(file) ? read(file, existing) : 0;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.size() > complete) {
            LOG.warn("{} ends in a torn line: {} bytes cut off", file, channel.size() - complete);
            channel.truncate(complete);
        }
        channel.position(complete);
        return new FileLineLog(vertx, file, channel, complete);
    }

    private static long read(Path file, Consumer<String> lines) throws IOException {
        long complete = 0;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    lines.accept(line.toString(UTF_8));
                    complete += line.size() + 1L;
                    line.reset();
                } else {
                    line.write(next);
                }
            }
        }
        return complete;
    }

    @Override
    public Future<Void> append(String line) {
        if (closing != null) {
            return Future.failedFuture(new IllegalStateException(file + " is closed"));
        }
        Promise<Void> written = Promise.promise();
        pending.add(new Line(line, written));
        writeNext();
        return written.future();
    }

    @Override
    public Future<Void> replace(Supplier<List<String>> lines) {
        if (closing != null) {
            return Future.failedFuture(new IllegalStateException(file + " is closed"));
        }
        if (replacement == null) {
            replacement = new Replacement(lines, Promise.promise());
        }
        Future<Void> written = replacement.written().future();
        writeNext();
        return written;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Future<Void> close() {
        if (closing == null) {
            closing = Promise.promise();
            writeNext();
        }
        return closing.future();
    }

    private void writeNext() {
        if (writing) {
            return;
        }
        if (replacement != null) {
            Replacement now = replacement;
            replacement = null;
            List<String> lines = now.lines().get();
            write(() -> rewrite(lines), List.of(now.written()));
        } else if (!pending.isEmpty()) {
            List<Line> now = pending;
            pending = new ArrayList<>();
            write(() -> append(now), now.stream().map(Line::written).toList());
        } else if (closing != null && !closed) {
            closed = true;
            write(this::closeChannel, List.of(closing));
        }
    }

    private void write(Callable<Long> write, List<Promise<Void>> waiting) {
        writing = true;
        vertx.executeBlocking(write)
                .onSuccess(sizeAfter -> size = sizeAfter)
                .<Void>mapEmpty()
                .onComplete(done -> {
                    writing = false;
                    waiting.forEach(promise -> promise.handle(done));
                    writeNext();
                });
    }

    private long append(List<Line> lines) throws IOException {
        byte[] bytes = bytes(lines.stream().map(Line::text));
        try {
            writeFully(channel, bytes);
            return size + bytes.length;
        } catch (IOException e) {
            channel.truncate(size);
            channel.position(size);
            throw e;
        }
    }

    private long rewrite(List<String> lines) throws IOException {
        byte[] bytes = bytes(lines.stream());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        FileChannel replaced = channel;
        FileChannel fresh = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        writeFully(fresh, bytes);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        channel = fresh;
        replaced.close();
        return bytes.length;
    }

    private long closeChannel() throws IOException {
        channel.close();
        return size;
    }

    private static byte[] bytes(Stream<String> lines) {
        return lines.map(line -> line + "\n").collect(Collectors.joining()).getBytes(UTF_8);
    }

    private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
