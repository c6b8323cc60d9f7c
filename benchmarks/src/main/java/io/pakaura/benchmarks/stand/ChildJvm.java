package io.pakaura.benchmarks.stand;

import io.pakaura.publisher.testing.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service in a JVM of its own, on this one's class path. Ends with {@link #close}, or with this JVM. Blocking I/O. */
public final class ChildJvm implements AutoCloseable {
    /** The same for everything that is compared. */
    public static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

    /** In the line that a service logs when it has started. */
    private static final Pattern READY = Pattern.compile(" on port (\\d+)(?:, operations on port (\\d+))?[\"\\s]");

    private static final Duration START = Duration.ofMinutes(2);

    private final ChildProcess process;
    private final int port;
    private final int opsPort;

    private ChildJvm(ChildProcess process, int port, int opsPort) {
        this.process = process;
        this.port = port;
        this.opsPort = opsPort;
    }

    /**
     * Starts a service, and waits until it says where it listens.
     *
     * @param main a class that runs a service with {@link io.pakaura.service.Launcher}
     * @param environment all that it sees of one
     * @throws IllegalStateException with what it said, if it does not start
     */
    public static ChildJvm start(Class<?> main, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(FLAGS);
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        ProcessBuilder builder = ChildProcess.java(arguments);
        builder.environment().clear();
        builder.environment().putAll(environment);
        ChildProcess process = ChildProcess.start(main.getName(), builder);
        process.awaitReady(START, () -> READY.matcher(process.log()).find());
        Matcher ready = READY.matcher(process.log());
        if (!ready.find()) {
            throw new IllegalStateException("a server's first lines are gone");
        }
        int opsPort = ready.group(2) == null ? 0 : Integer.parseInt(ready.group(2));
        return new ChildJvm(process, Integer.parseInt(ready.group(1)), opsPort);
    }

    /** Of its public listener. */
    public int port() {
        return port;
    }

    /** Of its operations listener; 0 if it has none. */
    public int opsPort() {
        return opsPort;
    }

    /** Holds it in its place (SIGSTOP): it does nothing at all until {@link #resume}. */
    public void pause() {
        process.pause();
    }

    /** Lets it go on. */
    public void resume() {
        process.resume();
    }

    /** The processor time that it has used so far. */
    public Duration cpu() {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.close();
    }
}
