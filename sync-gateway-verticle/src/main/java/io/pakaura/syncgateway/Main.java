package io.pakaura.syncgateway;

import io.pakaura.publisher.dapr.SidecarSecrets;
import io.pakaura.service.Launcher;
import io.pakaura.service.Settings;
import java.util.Map;

/** Runs the gateway as a process, configured by its environment. */
public final class Main {
    /** The drain is bounded by the configuration already; this is for when even that hangs. */
    private static final long CLOSE_SECONDS = SyncGatewayConfig.MAX_DRAIN_SECONDS + 10L;

    private Main() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        try (SidecarSecrets secrets = new SidecarSecrets(environment)) {
            Settings settings = new Settings(environment, secrets::read);
            Launcher.run("sync-gateway", settings, SyncGatewayConfig::read, SyncGateway::start, CLOSE_SECONDS);
        }
    }
}
