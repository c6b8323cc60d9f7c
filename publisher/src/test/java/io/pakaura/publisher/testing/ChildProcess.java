package io.pakaura.publisher.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A child process of a test. Its output goes into a file in {@code target/processes}, and it never outlives this JVM. Its
 * methods block, and are for any thread of a test.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "processes");
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int LOG_TAIL_LINES = 40;
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Path log;
    private final Process process;
    private final Deque<Path> directories = new ArrayDeque<>();
    private final Thread stopAtExit = new Thread(this::stopAndDelete);
    private volatile boolean paused;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        Watchdog.watch(process.toHandle());
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /** Starts it without waiting for anything; where its output goes is decided here. */
    public static ChildProcess start(String name, ProcessBuilder builder) {
        try {
            Path log = Files.createDirectories(LOGS)
                    .resolve(name.replaceAll("[^\\w.-]+", "-") + "-"
                            + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".log");
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            return new ChildProcess(name, log, builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** This JVM's {@code java}, with its arguments. */
    public static ProcessBuilder java(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** A directory for a child's data: see {@link #owning}. */
    public static Path temporaryDirectory(String prefix) {
        try {
            return Files.createTempDirectory("pakaura-" + prefix + "-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** From now on the directory is gone when this is closed. */
    public ChildProcess owning(Path directory) {
        directories.push(directory);
        return this;
    }

    /** Waits until the process is ready; one that ended instead, or is too slow, is told with the end of its log. */
    public void awaitReady(Duration patience, Callable<Boolean> ready) {
        await(patience, "was not ready", () -> holds(ready));
    }

    /** Waits for a line, for up to a minute. One that is there already is found too. */
    public MatchResult awaitLine(Pattern pattern) {
        await(START_PATIENCE, "did not say " + pattern, () -> find(pattern) != null);
        MatchResult found = find(pattern);
        if (found == null) {
            throw new IllegalStateException("a line is gone from " + log);
        }
        return found;
    }

    private @Nullable MatchResult find(Pattern pattern) {
        Matcher matcher = pattern.matcher(log());
        return matcher.find() ? matcher.toMatchResult() : null;
    }

    private void await(Duration patience, String otherwise, Callable<Boolean> condition) {
        try {
            Await.until(patience, () -> holds(condition) || !process.isAlive());
        } catch (AssertionError late) {
            throw failed(otherwise + " within " + patience.toSeconds() + " s");
        }
        if (!holds(condition)) {
            throw failed(otherwise + ", and ended with exit code " + process.exitValue());
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception notYet) {
            return false;
        }
    }

    private IllegalStateException failed(String why) {
        close();
        return new IllegalStateException(name + " " + why + "; the end of its log:\n" + logTail());
    }

    /** Waits for its end, for up to a minute. */
    public int awaitExit() {
        try {
            if (process.waitFor(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw failed("did not end");
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** All that it has said. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The last lines that it said. */
    public String logTail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    }

    /** SIGKILL: nothing of it gets a chance to end in order. Returns when it has ended. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGSTOP: it is there, its connections are open, and it does nothing. */
    public void pause() {
        signal("STOP");
        paused = true;
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
        paused = false;
    }

    private void signal(String signal) {
        try {
            int exitCode = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException(name + " got no SIG" + signal);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** SIGTERM, and SIGKILL if it doesn't end within half a minute. */
    @Override
    public void close() {
        stopAndDelete();
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
    }

    private void stopAndDelete() {
        stop();
        directories.forEach(ChildProcess::delete);
    }

    private void stop() {
        if (paused && process.isAlive()) {
            process.destroyForcibly();
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
