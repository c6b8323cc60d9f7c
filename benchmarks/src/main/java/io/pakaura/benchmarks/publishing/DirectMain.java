package io.pakaura.benchmarks.publishing;

import io.pakaura.service.Launcher;
import io.pakaura.service.Settings;
import io.pakaura.taskapi.TaskApiConfig;

/** The direct publisher as a process of its own, configured like the task API. */
public final class DirectMain {
    private static final long CLOSE_SECONDS = 5;

    private DirectMain() {}

    public static void main(String[] args) {
        Launcher.run("direct", new Settings(System.getenv()), TaskApiConfig::read, DirectService::start, CLOSE_SECONDS);
    }
}
