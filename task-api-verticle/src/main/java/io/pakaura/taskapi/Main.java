package io.pakaura.taskapi;

import io.pakaura.service.Launcher;

/** The task API as a process of its own, configured by environment variables. */
public final class Main {
    private static final long CLOSE_SECONDS = 15;

    private Main() {}

    public static void main(String[] args) {
        Launcher.run("task-api", System.getenv(), TaskApiConfig::read, TaskApi::start, CLOSE_SECONDS);
    }
}
