package io.pakaura.benchmarks.floor;

import io.pakaura.service.Launcher;
import io.pakaura.service.Settings;

/** The floor as a process of its own, on two free ports. */
public final class FloorMain {
    private static final long CLOSE_SECONDS = 5;

    private FloorMain() {}

    public static void main(String[] args) {
        Launcher.run(
                "floor",
                new Settings(System.getenv()),
                settings -> settings,
                (vertx, settings) -> FloorService.start(vertx),
                CLOSE_SECONDS);
    }
}
