package io.pakaura.endtoend.system;

import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.RestClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/** A gateway in a process of its own, with its sidecar; whenever it is started, it has the same name and ports. */
public final class GatewayProcess implements AutoCloseable {
    private static final Duration READY_PATIENCE = Duration.ofSeconds(90);

    private final ServiceProcess service;
    private final GatewaySidecar sidecar;

    GatewayProcess(ServiceProcess service, GatewaySidecar sidecar) {
        this.service = service;
        this.sidecar = sidecar;
    }

    /** As POD_NAME: its consumer group is called after it. */
    public String name() {
        return service.name();
    }

    /** Of the public listener. */
    public int port() {
        return service.port();
    }

    /** Of the operations listener. */
    public int opsPort() {
        return service.opsPort();
    }

    public boolean isRunning() {
        return service.isRunning();
    }

    /** What Kubernetes asks before it sends clients. */
    public boolean isReady() {
        RestClient operations = new RestClient("http://127.0.0.1:" + opsPort());
        try {
            return operations.send(operations.request("/health/ready")).status() == 200;
        } catch (UncheckedIOException away) {
            return false;
        }
    }

    /** Starts it, and returns when it is ready. */
    public void start() {
        startWith(Map.of());
    }

    /** Starts it with some settings that differ from those of the system. */
    public void startWith(Map<String, String> settings) {
        sidecar.start();
        service.startWith(settings);
        awaitReady();
    }

    void launch() {
        sidecar.start();
        service.launch();
    }

    void awaitReady() {
        service.awaitReady();
        Await.until(READY_PATIENCE, this::isReady);
    }

    /** SIGTERM to the gateway, and to its sidecar when the gateway has ended. Returns then. */
    public void stop() {
        close();
    }

    /** SIGKILL to the gateway; returns when it and its sidecar are gone. */
    public void kill() {
        service.kill();
        sidecar.close();
    }

    /** Starts it if it does not run, or not with the settings of the system. */
    public void ensureRunning() {
        if (!service.isRunning() || service.isChanged()) {
            stop();
            start();
        }
        awaitReady();
    }

    String logTail() {
        return service.logTail() + "\n" + sidecar.logTail();
    }

    @Override
    public void close() {
        service.close();
        sidecar.close();
    }
}
