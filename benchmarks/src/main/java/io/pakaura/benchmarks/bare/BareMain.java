package io.pakaura.benchmarks.bare;

import io.pakaura.service.Launcher;
import io.pakaura.service.Settings;
import io.pakaura.taskapi.TaskApiConfig;

/** The bare handler as a process of its own, configured like the task API; with {@code DAPR_ENABLED=true} it awaits its publishes. */
public final class BareMain {
    private static final long CLOSE_SECONDS = 5;

    private BareMain() {}

    public static void main(String[] args) {
        Launcher.run("bare", new Settings(System.getenv()), TaskApiConfig::read, BareService::start, CLOSE_SECONDS);
    }
}
