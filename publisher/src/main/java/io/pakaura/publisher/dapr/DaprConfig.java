package io.pakaura.publisher.dapr;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the sidecar is.
 *
 * @param apiToken shown as {@code dapr-api-token}, or {@code null} if the sidecar asks for none
 * @param publishTimeout how long one publish may take, connecting included
 */
public record DaprConfig(String host, int port, @Nullable String apiToken, Duration publishTimeout) {
    /** Where a sidecar is, unless it is told otherwise: beside the app. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** Dapr's own. */
    public static final int DEFAULT_PORT = 3500;

    /** Never prints the token. */
    @Override
    public String toString() {
        return "DaprConfig[" + host + ":" + port + ", publishTimeout=" + publishTimeout + "]";
    }
}
