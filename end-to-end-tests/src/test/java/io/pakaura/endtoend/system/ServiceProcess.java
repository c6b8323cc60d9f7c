package io.pakaura.endtoend.system;

import io.pakaura.publisher.testing.ChildProcess;
import io.pakaura.publisher.testing.RestClient;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A packed service in a process of its own, on ports that may be others after each start. */
public final class ServiceProcess implements AutoCloseable {
    /** What each service logs when it serves. */
    private static final Pattern READY = Pattern.compile(" on port (\\d+), .*operations on port (\\d+)");

    private final String name;
    private final String module;
    private final Map<String, String> environment;
    private Map<String, String> overrides = Map.of();
    private @Nullable ChildProcess process;
    private volatile int port;
    private volatile int opsPort;

    /** @param module whose jar it is; tests run in their own module's folder, beside it */
    ServiceProcess(String name, String module, Map<String, String> environment) {
        this.name = name;
        this.module = module;
        this.environment = environment;
    }

    public String name() {
        return name;
    }

    /** Of the public listener. */
    public int port() {
        return port;
    }

    /** Of the operations listener. */
    public int opsPort() {
        return opsPort;
    }

    public RestClient client() {
        return new RestClient("http://127.0.0.1:" + port);
    }

    /** Starts it, and returns when it serves. */
    public void start() {
        startWith(Map.of());
    }

    /** Starts it with some settings that differ from those of the system. */
    public void startWith(Map<String, String> settings) {
        overrides = settings;
        launch();
        awaitReady();
    }

    void launch() {
        ProcessBuilder builder = ChildProcess.java(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                "../" + module + "/target/" + module + ".jar"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(overrides);
        process = ChildProcess.start(name, builder);
    }

    void awaitReady() {
        MatchResult ports = process().awaitLine(READY);
        port = Integer.parseInt(ports.group(1));
        opsPort = Integer.parseInt(ports.group(2));
    }

    private ChildProcess process() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    public boolean isRunning() {
        return process().isRunning();
    }

    /** SIGKILL. */
    public void kill() {
        process().kill();
    }

    /** SIGTERM; returns when it has ended in order. */
    public void stop() {
        process().close();
    }

    /** Starts it if it does not run, or not with the settings of the system. */
    public void ensureRunning() {
        if (isChanged()) {
            stop();
        }
        if (!process().isRunning()) {
            start();
        }
    }

    /** Whether its settings differ from those of the system. */
    boolean isChanged() {
        return !overrides.isEmpty();
    }

    String logTail() {
        return process().logTail();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
