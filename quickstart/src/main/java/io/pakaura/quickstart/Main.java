package io.pakaura.quickstart;

import io.pakaura.service.Launcher;
import io.pakaura.service.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code ./run}. */
public final class Main {
    private static final long CLOSE_SECONDS = 20;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] args) {
        List<String> arguments = List.of(args);
        if (!arguments.isEmpty() && !arguments.equals(List.of("--fresh"))) {
            System.err.println("usage: ./run [--fresh]      PORT=8080 moves it, --fresh starts with no tasks");
            System.exit(USAGE);
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent("LOG_FORMAT", "text");
        environment.putIfAbsent("LOG_LEVEL", "WARN");
        Launcher.run(
                "quickstart",
                new Settings(environment),
                settings -> QuickstartConfig.read(settings, !arguments.isEmpty()),
                Quickstart::start,
                CLOSE_SECONDS);
    }
}
