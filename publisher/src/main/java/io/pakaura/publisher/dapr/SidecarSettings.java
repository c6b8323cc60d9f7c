package io.pakaura.publisher.dapr;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables that say where the sidecar is, before there are settings.
 *
 * @param config with defaults for what has a fault
 * @param faults by variable
 */
record SidecarSettings(DaprConfig config, Map<String, String> faults) {
    static final String NO_SECRET = "cannot be a secret: it says how secrets are read";
    private static final String HOST = "DAPR_HTTP_HOST";
    private static final String PORT = "DAPR_HTTP_PORT";
    private static final String API_TOKEN = "DAPR_API_TOKEN";
    static final List<String> VARIABLES = List.of(HOST, PORT, API_TOKEN);

    /** Its own requests are those for health alone; the others have the deadlines of {@link SecretStore}. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    static SidecarSettings read(Map<String, String> environment) {
        Map<String, String> faults = new LinkedHashMap<>();
        VARIABLES.stream()
                .filter(variable -> text(environment, variable).startsWith("secret:"))
                .forEach(variable -> faults.put(variable, NO_SECRET));
        String host = text(environment, HOST);
        String token = text(environment, API_TOKEN);
        DaprConfig config = new DaprConfig(
                host.isEmpty() ? DaprConfig.DEFAULT_HOST : host,
                port(text(environment, PORT), faults),
                token.isEmpty() ? null : token,
                TIMEOUT);
        return new SidecarSettings(config, faults);
    }

    private static int port(String text, Map<String, String> faults) {
        try {
            int port = text.isEmpty() ? DaprConfig.DEFAULT_PORT : Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException bad) {
            // Told below.
        }
        faults.putIfAbsent(PORT, "must be a whole number from 1 to 65535");
        return DaprConfig.DEFAULT_PORT;
    }

    private static String text(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "").strip();
    }
}
