package io.pakaura.quickstart;

import io.pakaura.service.Settings;
import java.nio.file.Path;

/**
 * What can be told to the quickstart.
 *
 * @param port of the front door
 * @param directory where its database, topics and secret live
 * @param fresh whether to begin with an empty one
 */
public record QuickstartConfig(int port, Path directory, boolean fresh) {
    private static final int DEFAULT_PORT = 8080;

    static QuickstartConfig read(Settings settings, boolean fresh) {
        int port = settings.number("PORT", DEFAULT_PORT, 0, 65_535);
        Path directory = Path.of(settings.text("QUICKSTART_DIR", ".quickstart"));
        return settings.build(() -> new QuickstartConfig(port, directory.toAbsolutePath(), fresh));
    }
}
