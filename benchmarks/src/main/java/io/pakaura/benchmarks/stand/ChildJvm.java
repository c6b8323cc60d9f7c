package io.pakaura.benchmarks.stand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service in a JVM of its own, on this one's class path. Ends with {@link #close}, or with this JVM. Blocking I/O. */
public final class ChildJvm implements AutoCloseable {
    /** The same for everything that is compared. */
    public static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

    /** In the line that a service logs when it has started. */
    private static final Pattern READY = Pattern.compile(" on port (\\d+)(?:, operations on port (\\d+))?[\"\\s]");

    private static final Duration START = Duration.ofMinutes(2);
    private static final long STOP_SECONDS = 20;
    private static final long POLL_MS = 50;

    private final Process process;
    private final Thread stopAtExit;
    private final Path log;
    private int port;
    private int opsPort;
    private volatile boolean paused;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
        stopAtExit = new Thread(this::stop);
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /**
     * Begins to start a service.
     *
     * @param main a class that runs a service with {@link io.pakaura.service.Launcher}
     * @param environment all that it sees of one
     * @param log where its output goes
     */
    public static ChildJvm start(Class<?> main, Map<String, String> environment, Path log) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ChildJvm(builder.start(), log);
    }

    /** Waits until the service says where it listens. */
    public void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && !process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
            Matcher ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                port = Integer.parseInt(ready.group(1));
                opsPort = ready.group(2) == null ? 0 : Integer.parseInt(ready.group(2));
                return;
            }
        }
        close();
        throw new IOException("a server did not start:\n" + Files.readString(log));
    }

    /** Once it is ready. */
    public int port() {
        return port;
    }

    /** Of its operations listener, once it is ready; 0 if it has none. */
    public int opsPort() {
        return opsPort;
    }

    /** Holds it in its place (SIGSTOP): it does nothing at all until {@link #resume}. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
        paused = true;
    }

    /** Lets it go on. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
        paused = false;
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("SIG" + name + " could not be sent to a server");
        }
    }

    /** The processor time that it has used so far. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** One that is paused would not hear of it. */
    private void stop() {
        if (paused) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        var unused = Runtime.getRuntime().removeShutdownHook(stopAtExit);
    }
}
