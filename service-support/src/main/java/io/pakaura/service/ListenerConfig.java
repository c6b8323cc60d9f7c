package io.pakaura.service;

/**
 * Where a listener binds.
 *
 * @param host address or host name
 * @param port 0 picks a free one
 */
public record ListenerConfig(String host, int port) {

    /** The public listener: {@code HTTP_HOST}, {@code HTTP_PORT}. */
    public static ListenerConfig http(Settings settings, int defaultPort) {
        return read(settings, "HTTP", defaultPort);
    }

    /** The Dapr and operations listener: {@code OPS_HOST}, {@code OPS_PORT}. */
    public static ListenerConfig ops(Settings settings, int defaultPort) {
        return read(settings, "OPS", defaultPort);
    }

    private static ListenerConfig read(Settings settings, String prefix, int defaultPort) {
        return new ListenerConfig(
                settings.text(prefix + "_HOST", "0.0.0.0"), settings.number(prefix + "_PORT", defaultPort, 0, 65_535));
    }
}
