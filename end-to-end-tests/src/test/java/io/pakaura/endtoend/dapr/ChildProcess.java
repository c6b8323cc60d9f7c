package io.pakaura.endtoend.dapr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process with a directory of its own: both are gone after close, or when this JVM ends. */
final class ChildProcess implements AutoCloseable {

    private static final int LOG_TAIL_LINES = 40;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final Path directory;
    private final Process process;
    private final Thread stopAtExit = new Thread(this::stopAndDelete);

    private ChildProcess(String name, Path directory, Process process) {
        this.name = name;
        this.directory = directory;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /** Starts it in the directory, which from now on belongs to the process; its output goes into {@code output.log} there. */
    static ChildProcess start(String name, Path directory, ProcessBuilder builder) {
        try {
            builder.directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output.log").toFile());
            return new ChildProcess(name, directory, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path temporaryDirectory(String prefix) {
        try {
            return Files.createTempDirectory("pakaura-" + prefix + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ports of the loopback interface that were free a moment ago. */
    static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process is ready; one that ended instead, or is too slow, is told with the end of its log. */
    void awaitReady(Duration timeout, Callable<Boolean> ready) {
        try {
            Await.until(() -> "readiness of " + name, timeout, () -> !process.isAlive() || ready.call());
        } catch (AssertionError tooSlow) {
            throw failed(tooSlow.getMessage());
        }
        if (!process.isAlive()) {
            throw failed("it ended with exit code " + process.exitValue());
        }
    }

    private IllegalStateException failed(@Nullable String why) {
        String log = logTail();
        close();
        return new IllegalStateException(name + ": " + why + "; the end of its log:\n" + log);
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(directory.resolve("output.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    @Override
    public void close() {
        stopAndDelete();
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
    }

    private void stopAndDelete() {
        stop();
        deleteDirectory();
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void deleteDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
