package io.pakaura.benchmarks.stand;

import io.pakaura.publisher.testing.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own. Ends with {@link #close}, or with this JVM. Blocking I/O. */
public final class ServerProcess implements AutoCloseable {
    /** The same for everything that is compared. */
    public static final List<String> JVM_FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

    /** In the line that a server says when it has started. */
    private static final Pattern READY =
            Pattern.compile(" on port (\\d+)(?:,[^\"\\n]*? operations on port (\\d+))?[\"\\s]");

    private static final Duration START = Duration.ofMinutes(2);

    private final ChildProcess process;
    private final int port;
    private final int opsPort;

    private ServerProcess(ChildProcess process, int port, int opsPort) {
        this.process = process;
        this.port = port;
        this.opsPort = opsPort;
    }

    /** A service on this JVM's class path, with {@link #JVM_FLAGS}; see {@link #jvm(Class, List, Map)}. */
    public static ServerProcess jvm(Class<?> main, Map<String, String> environment) {
        return jvm(main, JVM_FLAGS, environment);
    }

    /**
     * Starts a service in a JVM on this one's class path, and waits until it says where it listens.
     *
     * @param main a class that runs a service with {@link io.pakaura.service.Launcher}
     * @param environment all that it sees of one
     * @throws IllegalStateException with what it said, if it does not start
     */
    public static ServerProcess jvm(Class<?> main, List<String> flags, Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(flags);
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        ProcessBuilder builder = ChildProcess.java(arguments);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return start(main.getName(), builder);
    }

    /**
     * Starts any server, and waits until it says "… on port 1" or "… on port 1, … operations on port 2".
     *
     * @throws IllegalStateException with what it said, if it does not start
     */
    public static ServerProcess start(String name, ProcessBuilder builder) {
        ChildProcess process = ChildProcess.start(name, builder);
        process.awaitReady(START, () -> READY.matcher(process.log()).find());
        MatchResult ready = ready(process.log());
        int opsPort = ready.group(2) == null ? 0 : Integer.parseInt(ready.group(2));
        return new ServerProcess(process, Integer.parseInt(ready.group(1)), opsPort);
    }

    private static MatchResult ready(String log) {
        Matcher ready = READY.matcher(log);
        if (!ready.find()) {
            throw new IllegalStateException("a server's first lines are gone");
        }
        return ready.toMatchResult();
    }

    /** Of its public listener. */
    public int port() {
        return port;
    }

    /** Of its operations listener; 0 if it has none. */
    public int opsPort() {
        return opsPort;
    }

    public long pid() {
        return process.pid();
    }

    /** Holds it in its place (SIGSTOP): it does nothing at all until {@link #resume}. */
    public void pause() {
        process.pause();
    }

    /** Lets it go on. */
    public void resume() {
        process.resume();
    }

    /** The processor time that it has used so far, all its threads together, by 10 ms. */
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
