package io.pakaura.syncgateway;

import io.pakaura.service.Launcher;

/** Runs the gateway as a process, configured by its environment. */
public final class Main {
    /** The drain is bounded by the configuration already; this is for when even that hangs. */
    private static final long CLOSE_SECONDS = SyncGatewayConfig.MAX_DRAIN_SECONDS + 10L;

    private Main() {}

    public static void main(String[] arguments) {
        Launcher.run("sync-gateway", System.getenv(), SyncGatewayConfig::read, SyncGateway::start, CLOSE_SECONDS);
    }
}
